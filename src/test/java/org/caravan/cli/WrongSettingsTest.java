package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.caravan.settings.FiftyWrong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every verb that needs the settings tells all that is wrong with them before it does anything. */
class WrongSettingsTest {
    /** In place of those that {@link FiftyWrong} puts into the environment, which a test in this process cannot. */
    private static final String FOUR_MORE = "one.more=1\ntwo.more=2\nthree.more=3\nfour.more=4\n";

    @TempDir
    private Path directory;

    private Path routes;
    private Path config;

    @BeforeEach
    void write() throws IOException {
        routes = Files.createDirectory(directory.resolve("routes"));
        config = Files.createDirectory(directory.resolve("config"));
        CommandLineCall.verification(routes);
        CommandLineCall.route(routes, "shop", "to: caravan-query:shop?dataSource=shop&sql=RAW(select 1 as id)");
        Files.writeString(config.resolve("application.properties"), FiftyWrong.BASE);
        Files.writeString(config.resolve("application-prod.properties"), FiftyWrong.PROFILE + FOUR_MORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run shop", "plan shop", "start", "clean --dry-run"})
    void tellsFiftyProblemsInFiftyLines(String verb) {
        CommandLineCall call = call(verb.split(" ", -1));

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.out()).isEmpty();
        assertThat(call.err().lines()).hasSize(50).allSatisfy(line -> assertThat(line)
                .matches("\\S*config/application(-prod)?\\.properties(:\\d+)?: \\S+.*; .+")
                .doesNotContain("c4n4ry"));
        assertThat(directory.resolve("data")).as("the ledger's folder").doesNotExist();
    }

    @Test
    void checkTellsThemToo() {
        CommandLineCall call = call("check");

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.out().lines().filter(line -> line.contains("config/application")))
                .hasSize(50);
        assertThat(call.out()).contains("route shop").doesNotContain("c4n4ry");
    }

    @Test
    void checkSaysWhereEachIsInJson() throws IOException {
        CommandLineCall.route(routes, "word", "setBoddy: { constant: x }");

        JsonNode findings = call("check", "--json").json().path("findings");

        List<JsonNode> settings = StreamSupport.stream(findings.spliterator(), false)
                .filter(finding -> finding.has("key"))
                .toList();
        assertThat(settings).hasSize(50).allSatisfy(finding -> {
            assertThat(finding.path("file").asText()).contains("config/application");
            assertThat(finding.path("mend").asText()).isNotEmpty();
            assertThat(finding.path("category").asText()).isEqualTo("config");
        });
        assertThat(settings)
                .filteredOn(finding -> finding.path("key").asText().equals("redshift.lock-wait"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path("file").asText()).endsWith("config/application.properties");
                    assertThat(finding.path("line").asInt()).isEqualTo(8);
                    assertThat(finding.path("value").asText()).isEqualTo("5 minutes");
                    assertThat(finding.path("mend").asText()).isEqualTo("write 5m (units: ms, s, m, h, d)");
                });
        assertThat(findings)
                .filteredOn(finding -> finding.path("subject").asText().equals("file word.camel.yaml"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path("file").asText()).endsWith("routes/word.camel.yaml");
                    assertThat(finding.path("line").asInt()).isEqualTo(6);
                });
    }

    @Test
    void runTellsThemInJson() {
        JsonNode error = call("run", "shop", "--json").json().path("error");

        assertThat(error.path("category").asText()).isEqualTo("config");
        assertThat(error.path("message").asText().lines()).hasSize(50);
    }

    private CommandLineCall call(String... verb) {
        String[] arguments = new String[verb.length + 6];
        System.arraycopy(verb, 0, arguments, 0, verb.length);
        String[] common = {"--config", config.toString(), "--routes", routes.toString(), "--profile", "prod"};
        System.arraycopy(common, 0, arguments, verb.length, common.length);
        return CommandLineCall.of(arguments);
    }
}
