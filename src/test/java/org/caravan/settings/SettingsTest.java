package org.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private Path config;
    private Path sandbox;

    @BeforeEach
    void makeFolders() throws IOException {
        config = Files.createDirectory(directory.resolve("config"));
        sandbox = directory.resolve("sandbox");
    }

    @ParameterizedTest
    @CsvSource({
        "staging.prefix, caravan",
        "staging.part-size, 64MB",
        "s3.path-style, false",
        "redshift.schema, public",
        "redshift.staging-schema, caravan_staging"
    })
    void hasDefaults(String key, String value) throws IOException {
        profile("prod", "");

        assertThat(load("prod").find(key)).contains(value);
    }

    @Test
    void knowsTheFilesThatAreNotThere() throws IOException {
        profile("prod", "");
        assertThat(load("prod").absent()).containsExactly(config.resolve("application.properties"));

        Files.writeString(config.resolve("application.properties"), "");
        assertThat(load("prod").absent()).isEmpty();

        Files.createDirectories(sandbox);
        Files.writeString(sandbox.resolve("application-sandbox.properties"), "");
        assertThat(load("sandbox").absent()).containsExactly(config.resolve("application-sandbox.properties"));
    }

    @Test
    void hasNoDefaultForWhatOnlyTheUserKnows() throws IOException {
        profile("prod", "");
        Settings settings = load("prod");

        assertThat(settings.find("redshift.reader")).isEmpty();
        assertThat(settings.find("redshift.copy.iam-role")).isEmpty();
        assertThat(settings.find("staging.bucket")).isEmpty();
        assertThat(settings.dataSources()).isEmpty();
    }

    @Test
    void readsTheProfileOverTheBaseOverTheDefaults() throws IOException {
        base("staging.prefix=base\nstaging.bucket=base\n");
        profile("prod", "staging.bucket=prod\n");
        Settings settings = load("prod");

        assertThat(settings.find("staging.part-size")).contains("64MB");
        assertThat(settings.find("staging.prefix")).contains("base");
        assertThat(settings.find("staging.bucket")).contains("prod");
    }

    @Test
    void takesTheProfileThatIsNamedFirst() throws IOException {
        base("caravan.profile=of-file\n");
        profile("of-file", "a=file\n");
        profile("of-environment", "a=environment\n");
        profile("of-option", "a=option\n");

        assertThat(load().find("a")).contains("file");
        environment.put("CARAVAN_PROFILE", "of-environment");
        assertThat(load().find("a")).contains("environment");
        assertThat(load("of-option").find("a")).contains("option");
    }

    @Test
    void findsTheSandboxsProfileWhereTheSandboxWroteIt() throws IOException {
        Files.createDirectories(sandbox);
        Files.writeString(sandbox.resolve("application-sandbox.properties"), "a=of the sandbox\n");

        assertThat(load().find("a")).contains("of the sandbox");

        profile("sandbox", "a=of the folder\n");
        assertThat(load().find("a")).contains("of the folder");
    }

    @Test
    void saysHowToGetTheSandboxsProfile() {
        assertRefused(
                this::load,
                "The profile 'sandbox' is in force, but neither",
                config.resolve("application-sandbox.properties").toString(),
                sandbox.resolve("application-sandbox.properties").toString(),
                "./caravan sandbox up");
    }

    @Test
    void namesAProfileThatDoesNotExist() {
        assertRefused(
                () -> load("prod"),
                "The profile 'prod' is in force, but " + config.resolve("application-prod.properties")
                        + " does not exist.");
    }

    @Test
    void namesAFolderThatDoesNotExist() {
        config = directory.resolve("nowhere");

        assertRefused(() -> load("prod"), "The configuration folder " + config + " does not exist", "--config DIR");
    }

    @Test
    void readsOneFileAloneIfThatIsNamed() throws IOException {
        base("staging.prefix=base\n");
        config = Files.writeString(directory.resolve("my.properties"), "staging.bucket=mine\n");
        Settings settings = load();

        assertThat(settings.find("staging.bucket")).contains("mine");
        assertThat(settings.find("staging.prefix")).contains("caravan");
    }

    @Test
    void namesALineThatIsNone() throws IOException {
        Path file = profile("prod", RequiredSettings.TEXT + "a=\\u12\n");

        assertProblems(
                "prod", Place.inFile(file, 7).text() + ": no line of a properties file; write \\\\ for a backslash");
    }

    @Test
    void readsFilesAsUtf8() throws IOException {
        profile("prod", "staging.prefix=größe\n");

        assertThat(load("prod").find("staging.prefix")).contains("größe");
    }

    @ParameterizedTest
    @CsvSource({
        "staging.bucket, STAGING_BUCKET",
        "redshift.copy.iam-role, REDSHIFT_COPY_IAM_ROLE",
        "staging.part-size, STAGING_PART_SIZE"
    })
    void letsTheEnvironmentOverrideAnySetting(String key, String variable) throws IOException {
        profile("prod", key + "=of the file\n");
        environment.put(variable, " of the environment ");

        assertThat(load("prod").find(key)).contains("of the environment");
    }

    @Test
    void takesABlankValueForNone() throws IOException {
        profile("prod", "a=  \nb= x \n");

        assertThat(load("prod").find("a")).isEmpty();
        assertThat(load("prod").find("b")).contains("x");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "TRUE, true", "false, false", "'', false"})
    void readsTruth(String value, boolean truth) throws IOException {
        profile("prod", "s3.path-style=" + value + "\n");

        assertThat(load("prod").isTrue("s3.path-style")).isEqualTo(truth);
    }

    @Test
    void needsNothingMoreThanItDocuments() throws IOException {
        profile("prod", RequiredSettings.TEXT);

        assertProblems("prod");
    }

    @Test
    void takesRequiredSettingsFromTheEnvironment() throws IOException {
        profile("prod", RequiredSettings.TEXT.replace("staging.bucket=landing", ""));
        environment.put("STAGING_BUCKET", "landing");

        assertProblems("prod");
    }

    @Test
    void namesEveryMissingSetting() throws IOException {
        Path file = profile("prod", "staging.bucket= \n");

        assertThat(load("prod").problems(directory))
                .extracting(Problem::line)
                .hasSize(6)
                .contains(Place.shown(file)
                        + ": staging.bucket: not set; write it there (the Amazon S3 bucket for the files on their way to"
                        + " Redshift), or set STAGING_BUCKET in the environment")
                .allSatisfy(line -> assertThat(line).contains(": not set; write it there ("));
    }

    @Test
    void failsWithEveryProblemInALineOfItsOwn() throws IOException {
        profile("prod", RequiredSettings.TEXT.replace("s3.region=eu-central-1", "") + "redshift.lock-wait=soon\n");

        assertRefused(
                () -> load("prod").check(directory),
                "redshift.lock-wait=soon: not a duration; write a whole number and a unit, such as 5m (units: ms, s, m, h, d)"
                        + "\n",
                "s3.region: not set");
    }

    @Test
    void knowsADataSourceByItsUrl() throws IOException {
        profile(
                "prod",
                RequiredSettings.TEXT + "shop.url=jdbc:postgresql://host/shop\nwebhook.url=https://host\nempty.url=\n");

        assertThat(load("prod").dataSources()).containsExactly("databricks", "redshift", "shop");
    }

    @Test
    void knowsADataSourceWhoseUrlOnlyTheEnvironmentHolds() throws IOException {
        profile("prod", "shop.url=\n");
        environment.put("REDSHIFT_URL", "jdbc:redshift://host:5439/dev");
        environment.put("SHOP_URL", "jdbc:postgresql://host/shop");
        environment.put("CRM_URL", "jdbc:postgresql://host/crm");
        environment.put("WEBHOOK_URL", "https://host");

        assertThat(load("prod").dataSources()).containsExactly("crm", "redshift", "shop");
    }

    @Test
    void keepsTheLedgerBesideTheConfigurationUnlessToldOtherwise() throws IOException {
        profile("prod", "");
        assertThat(load("prod").find("ledger.url")).contains("jdbc:h2:file:" + directory.resolve("data/ledger"));
        assertThat(load("prod").find("ledger.lock-expiry")).contains("60s");
        assertThat(load("prod").dataSources()).isEmpty();

        profile("prod", "ledger.url=jdbc:postgresql://host/ledger\n");
        assertThat(load("prod").find("ledger.url")).contains("jdbc:postgresql://host/ledger");
        environment.put("LEDGER_URL", "jdbc:postgresql://other/ledger");
        assertThat(load("prod").find("ledger.url")).contains("jdbc:postgresql://other/ledger");
        assertThat(load("prod").dataSources()).isEmpty();
    }

    @Test
    void handsItsFilesToCamelAsACopy() throws IOException {
        profile("prod", "staging.bucket=landing\n");
        Settings settings = load("prod");

        settings.toProperties().clear();

        assertThat(settings.toProperties())
                .containsEntry("staging.bucket", "landing")
                .containsEntry("camel.main.name", "caravan");
    }

    private Settings load() {
        return Settings.load(config, Optional.empty(), sandbox, environment);
    }

    private Settings load(String profile) {
        return Settings.load(config, Optional.of(profile), sandbox, environment);
    }

    private void base(String text) throws IOException {
        Files.writeString(config.resolve("application.properties"), text, StandardCharsets.UTF_8);
    }

    private Path profile(String name, String text) throws IOException {
        return Files.writeString(config.resolve("application-" + name + ".properties"), text, StandardCharsets.UTF_8);
    }

    private void assertProblems(String profile, String... lines) {
        assertThat(load(profile).problems(directory)).extracting(Problem::line).containsExactly(lines);
    }

    private static void assertRefused(ThrowingCallable call, String... messages) {
        assertThatThrownBy(call)
                .isInstanceOf(CaravanException.class)
                .hasMessageContainingAll(messages)
                .extracting("category")
                .isEqualTo(Category.CONFIG);
    }
}
