package org.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with settings as a whole: unknown keys, several layers, rules over two keys, secrets. */
class SettingsCheckTest {
    private static final int LINES = 6;

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private Path config;
    private Path routes;

    @BeforeEach
    void makeFolders() throws IOException {
        config = Files.createDirectory(directory.resolve("config"));
        routes = Files.createDirectory(directory.resolve("routes"));
        base("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redshift.lockwait=5m       | redshift.lockwait=5m: no such setting; did you mean redshift.lock-wait?",
                "part-size=5MB              | part-size=5MB: no such setting; did you mean staging.part-size?",
                "my.own=x                   | my.own=x: no such setting; delete it, or use it in a route as {{my.own}}",
                "databricks.tokn=hush-hush  | databricks.tokn=***: no such setting; did you mean databricks.token?",
                "mail.password=hush-hush    | mail.password=***: no such setting; set mail.url as well, or delete it",
                "webhook.url=https://host   | webhook.url=https://host: not a JDBC URL, and no route uses {{webhook.url}}; write one"
                        + " such as jdbc:postgresql://host:5432/database",
                "customers.schedul=x        | customers.schedul=x: no such setting; did you mean customers.schedule?"
            })
    void refusesAKeyThatNobodyKnows(String line, String said) throws IOException {
        route("uri: quartz:customers?cron={{customers.schedule:0 0 6 * * ?}}");
        String file = profile(RequiredSettings.TEXT + line + "\n");

        assertThat(lines()).containsExactly(file + ":" + (LINES + 1) + ": " + said);
    }

    @Test
    void takesTheKeysThatRoutesAndOtherSettingsUse() throws IOException {
        route("uri: quartz:customers?cron={{customers.schedule:0 0 6 * * ?}}&x={{?one}}&y={{two:{{three}}}}");
        Files.writeString(routes.resolve("other.xml"), "<simple>${properties:four} {{five}}</simple>");
        profile(
                RequiredSettings.TEXT
                        + """
                customers.schedule=0 0 7 * * ?
                one=1
                two=2
                three=3
                four=4
                five={{six}}
                six=6
                camel.main.name=caravan
                shop.url=jdbc:postgresql://host/shop
                shop.user=ada
                shop.password=pw
                """);

        assertThat(lines()).isEmpty();
    }

    @Test
    void takesASchedulesOfAPipelineThatIsElsewhereButNoSlip() throws IOException {
        route("uri: quartz:customers?cron={{customers.schedule:0 0 6 * * ?}}");
        profile(RequiredSettings.TEXT + "lineitem.schedule=0 0 7 * * ?\ncustomer.schedule=0 0 7 * * ?\n");

        assertThat(lines())
                .singleElement()
                .asString()
                .endsWith("customer.schedule=0 0 7 * * ?: no such setting; did you mean customers.schedule?");
    }

    @Test
    void refusesNoKeyWhereTheRoutesAreNotKnown() throws IOException {
        profile(RequiredSettings.TEXT + "my.own=x\n");
        routes = directory.resolve("nowhere");

        assertThat(lines()).isEmpty();
    }

    @Test
    void looksAtEveryLayer() throws IOException {
        String base = base("redshift.lock-wait=5 minutes\n");
        String profile = profile(RequiredSettings.TEXT + "redshift.lock-wait=soon\n");
        environment.put("REDSHIFT_LOCK_WAIT", "5");
        environment.put("CUSTOMERS_SCHEDULE", "daily");
        route("uri: quartz:customers?cron={{customers.schedule:0 0 6 * * ?}}");

        assertThat(lines())
                .contains(
                        base + ":1: redshift.lock-wait=5 minutes: not a duration; write 5m (units: ms, s, m, h, d)",
                        profile
                                + ":7: redshift.lock-wait=soon: not a duration; write a whole number and a unit, such as 5m"
                                + " (units: ms, s, m, h, d)",
                        "environment variable REDSHIFT_LOCK_WAIT: redshift.lock-wait=5: a duration without a unit; write 5s, 5m or"
                                + " 5h (units: ms, s, m, h, d)")
                .anyMatch(line -> line.startsWith(
                        "environment variable CUSTOMERS_SCHEDULE: customers.schedule=daily: not a cron"))
                .hasSize(4);
    }

    @Test
    void namesBothKeysOfARuleOverTwo() throws IOException {
        String file = profile(
                RequiredSettings.TEXT
                        + """
                s3.access-key=AKIAxxxx
                databricks.user=ada
                shop.url=jdbc:postgresql://host/shop
                shop.token=hush-hush
                """);

        assertThat(lines())
                .containsExactly(
                        file
                                + ":7: s3.access-key=***: set, but s3.secret-key is not; set s3.secret-key too, or delete s3.access-key",
                        file
                                + ":8: databricks.user=ada: not read, since databricks.url is a URL of Databricks; set databricks.token,"
                                + " or put OAuth into databricks.url, and delete databricks.user",
                        file
                                + ":10: shop.token=***: not read, since shop.url is not a URL of Databricks; set shop.user and"
                                + " shop.password, and delete shop.token");
    }

    @Test
    void showsNoSecretAndNoSecondLine() throws IOException {
        profile(
                RequiredSettings.TEXT.replace(
                                "jdbc:redshift://host:5439/dev", "redshift://host/dev?user=a;password=c4n4ry-1")
                        + "redshift.password=c4n4ry-2\nverify.digest=c4n4ry-2\nguard.pass=,\\n\\u0007\nledger.url=h2://ada:c4n4ry-3@host\n");

        assertThat(lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).doesNotContain("c4n4ry").doesNotContainPattern("\\p{Cntrl}"));
    }

    /** Fifty at once: a line each, with where it is and what to write. */
    @Test
    void tellsFiftyWrongSettingsAtOnce() throws IOException {
        String base = base(FiftyWrong.BASE);
        String profile = profile(FiftyWrong.PROFILE);
        environment.putAll(FiftyWrong.ENVIRONMENT);

        List<Problem> problems = Settings.load(config, Optional.of("prod"), directory, environment)
                .problems(routes);

        assertThat(problems).hasSize(50);
        assertThat(problems).extracting(Problem::line).doesNotHaveDuplicates().allSatisfy(line -> assertThat(line)
                .matches("(" + base + ":\\d+|" + profile + ":\\d+|" + profile + "|environment variable [A-Z0-9_]+): "
                        + "[a-z0-9._-]+(=[^;]*)?: [^;]+; .*(write|set|did you mean|delete) .+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "observe.host=127.0.0.1",
                "observe.host=localhost",
                "observe.host=127.1.2.3",
                "observe.host=::1",
                "observe.host=0.0.0.0\nobserve.user=ada\nobserve.password=hush",
                "observe.host=0.0.0.0\nobserve.enabled=false",
                "observe.port=0"
            })
    void servesThisMachineAndOthersWithAPassword(String text) throws IOException {
        profile(RequiredSettings.TEXT + text + "\n");

        assertThat(lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "::",
                "10.0.0.7",
                "caravan.example.com",
                "127.0.0.1.example.com",
                "localhost.example.com",
                "::ffff:10.0.0.7",
                "fe80::1"
            })
    void servesNoOtherMachineWithoutAPassword(String host) throws IOException {
        String file = profile(RequiredSettings.TEXT + "observe.host=" + host + "\n");

        assertThat(lines())
                .containsExactly(file + ":7: observe.host=" + host
                        + ": others than this machine can reach it, and no user and password are asked for; set observe.user and"
                        + " observe.password, or delete observe.host to serve 127.0.0.1 alone");
    }

    @Test
    void refusesHalfACredentialAndCamelsOwnServer() throws IOException {
        String file = profile(
                RequiredSettings.TEXT
                        + """
                observe.host=0.0.0.0
                observe.password=c4n4ry
                camel.management.enabled=true
                observe.port=65536
                """);

        assertThat(lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).doesNotContain("c4n4ry"))
                .contains(
                        file
                                + ":8: observe.password=***: set, but observe.user is not; set observe.user too, or delete observe.password",
                        file
                                + ":9: camel.management.enabled=true: Camel's own server is not used; set observe.host, observe.port,"
                                + " observe.user and observe.password instead, and delete it",
                        file + ":10: observe.port=65536: more than 65535; write a whole number from 0 to 65535")
                .anySatisfy(line -> assertThat(line).startsWith(file + ":7: observe.host=0.0.0.0: others than"));
    }

    private List<String> lines() {
        return Settings.load(config, Optional.of("prod"), directory, environment).problems(routes).stream()
                .map(Problem::line)
                .toList();
    }

    private void route(String from) throws IOException {
        Files.writeString(routes.resolve("one.camel.yaml"), "- route:\n    from:\n      " + from + "\n");
    }

    private String base(String text) throws IOException {
        return Place.shown(Files.writeString(config.resolve("application.properties"), text));
    }

    private String profile(String text) throws IOException {
        return Place.shown(Files.writeString(config.resolve("application-prod.properties"), text));
    }
}
