package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.caravan.observe.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of the command line. */
class TracedRunTest {
    @TempDir
    private Path directory;

    @Test
    void leaveBeforeTheProcessEnds() throws Exception {
        try (Collector collector = new Collector()) {
            CommandLineCall call = run("observe.tracing-endpoint=" + collector.endpoint());

            assertThat(call.exitCode()).as(call.err()).isZero();
            assertThat(collector.received()).contains("service.name", "caravan", "camel-log");
        }
    }

    @Test
    void goOnlyToAnAddress() throws IOException {
        CommandLineCall call = run("observe.tracing-endpoint=collector:4318");

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.err()).contains("observe.tracing-endpoint", "not a URL");
    }

    /** The process of a run without traces knows no class of theirs. */
    @Test
    void areNoClassesWhereTheyAreNotWanted() throws Exception {
        Path config = config("");
        Path loaded = directory.resolve("classes");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + loaded,
                        "-XX:TieredStopAtLevel=1",
                        "-Dcaravan.home=" + Common.home().toAbsolutePath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Caravan.class.getName(),
                        "run",
                        "good",
                        "--routes",
                        directory.resolve("routes").toString(),
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();

        assertThat(process.waitFor())
                .as(Files.readString(directory.resolve("said")))
                .isZero();
        assertThat(loaded)
                .content()
                .contains("org.caravan.cli.Observed ")
                .doesNotContain("opentelemetry", "org.caravan.observe.Tracing ");
    }

    private CommandLineCall run(String setting) throws IOException {
        Path config = config(setting);
        return CommandLineCall.of(
                "run", "good", "--routes", directory.resolve("routes").toString(), "--config", config.toString());
    }

    private Path config(String setting) throws IOException {
        Path routes = Files.createDirectories(directory.resolve("routes"));
        CommandLineCall.route(routes, "good", "to: log:hello");
        return Files.writeString(directory.resolve("settings.properties"), CommandLineCall.SETTINGS + setting + "\n");
    }
}
