package org.caravan.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.caravan.ledger.store.EmbeddedFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service, in a process of its own, on a folder whose files change. Connects to nothing. */
class ReloadingServiceTest {
    private static final String SETTINGS =
            """
            staging.bucket=bucket
            s3.region=eu-central-1
            redshift.url=jdbc:redshift://localhost:1/dev
            redshift.copy.iam-role=default
            databricks.url=jdbc:databricks://localhost:1
            databricks.catalog=catalog
            observe.port=0
            """;

    @TempDir
    private Path directory;

    private Path routes;
    private Path said;
    private Process service;

    @BeforeEach
    void folders() throws IOException {
        routes = Files.createDirectory(directory.resolve("routes"));
        said = directory.resolve("said.txt");
        Files.writeString(directory.resolve("caravan.properties"), SETTINGS);
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.destroyForcibly();
        }
    }

    private void start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.addAll(List.of(
                Caravan.class.getName(),
                "start",
                "--routes",
                routes.toString(),
                "--config",
                directory.resolve("caravan.properties").toString()));
        service = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    private static String says(String id, String text) {
        return """
                - route:
                    id: %s
                    from:
                      uri: timer:%s?period=100
                      steps:
                        - setBody:
                            constant: "%s"
                        - to: log:%s?level=WARN
                """
                .formatted(id, id, text, id);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(routes.resolve(name), text);
    }

    private void hears(String text) {
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(said).content().contains(text));
    }

    @Test
    void runsTheGoodFilesSaysTheBadLineAndFollowsEdits() throws Exception {
        write("a.camel.yaml", says("a", "first of a"));
        write("b.camel.yaml", says("b", "first of b").replace("log:b", "nosuch:b"));
        write("c.camel.yaml", "- route:\n    id: c\n    from: [\n");

        start();

        hears("first of a");
        hears("b.camel.yaml:8 is refused, nothing of it runs: ");
        hears("c.camel.yaml:");
        write("a.camel.yaml", says("a", "second of a"));
        write("b.camel.yaml", says("b", "second of b"));
        hears("second of a");
        hears("second of b");
    }

    @Test
    void followsTheSettingsAndRefusesAWrongOneByFileAndLine() throws Exception {
        write(
                "a.camel.yaml",
                says("a", "the word of a").replace("timer:a?period=100", "quartz:g/a?cron={{a.schedule}}"));
        Path settings =
                Files.writeString(directory.resolve("caravan.properties"), SETTINGS + "a.schedule=0 0 0 1 1 ?\n");
        start("-Dcaravan.log=INFO");
        hears("a.camel.yaml is in force");

        Files.writeString(settings, SETTINGS + "a.schedule=0/1 * * * * ?\nledger.lock-expiry=30s\n");

        hears("caravan.properties is in force");
        hears("changed: a.schedule");
        hears("a new value takes effect at the next start: ledger.lock-expiry");
        hears("the word of a");

        Files.writeString(settings, SETTINGS + "a.schedule=every second\nledger.lock-expiry=30s\n");

        long line = SETTINGS.lines().count() + 1;
        hears("caravan.properties:" + line
                + " is refused, the settings before stay in force: a.schedule=every second: ");
        long spoken = spoken();
        await().atMost(30, SECONDS).untilAsserted(() -> assertThat(spoken()).isGreaterThan(spoken));
        List<String> accepted =
                List.of("accepted", "in force; changed a.schedule; at the next start ledger.lock-expiry");
        // The service has the file now and then, and keeps what became of files a little later.
        await().atMost(30, SECONDS).ignoreExceptions().untilAsserted(() -> assertThat(keptOfSettings())
                .containsExactly(accepted, List.of("refused", "line " + line)));
    }

    private List<List<String>> keptOfSettings() throws Exception {
        try (Connection ledger = EmbeddedFile.at("jdbc:h2:file:" + directory.resolve("data/ledger"), "sa", "")
                .getConnection()) {
            return SharedSandbox.query(
                    ledger,
                    "select outcome, regexp_replace(message, ': .*', '') from caravan_file_change"
                            + " where file like '%caravan.properties' order by changed");
        }
    }

    private long spoken() throws IOException {
        try (Stream<String> lines = Files.lines(said)) {
            return lines.filter(line -> line.contains("the word of a")).count();
        }
    }

    @Test
    void endsByATermSignalWhileFilesChange() throws Exception {
        write("a.camel.yaml", says("a", "first of a"));
        start();
        hears("first of a");

        for (int edit = 0; edit < 30; edit++) {
            write("a.camel.yaml", says("a", "edit " + edit));
            write("new" + edit + ".camel.yaml", says("new" + edit, "new " + edit));
        }
        hears("new0.camel.yaml is in force");
        for (int edit = 0; edit < 30; edit++) {
            write("new" + edit + ".camel.yaml", says("new" + edit, "newer " + edit));
        }
        service.toHandle().destroy();

        assertThat(service.waitFor(30, SECONDS)).isTrue();
        assertThat(service.exitValue()).isIn(0, 143);
        assertThat(said).content().doesNotContain("Exception", "a.camel.yaml is refused");
    }

    @Test
    void leavesTheFilesAloneWhenItIsToldTo() throws Exception {
        write("a.camel.yaml", says("a", "first of a"));
        start("-Dcaravan.log=INFO");
        hears("Following the routes of");
        service.destroyForcibly().waitFor();
        Files.writeString(
                directory.resolve("caravan.properties"), SETTINGS + "camel.main.routes-reload-enabled=false\n");

        start("-Dcaravan.log=INFO");

        hears("first of a");
        assertThat(said).content().doesNotContain("Following the routes of");
    }
}
