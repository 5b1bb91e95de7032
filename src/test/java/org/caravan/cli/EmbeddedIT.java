package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.caravan.PrivatePostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications of others, in processes of their own, that have the product as a dependency and know nothing of its host. */
class EmbeddedIT {
    private static final int LIMIT_SECONDS = 180;

    @TempDir
    private Path directory;

    @Test
    void carriesRowsInACamelMainApplication() throws Exception {
        String ledger = "jdbc:h2:file:" + directory.resolve("ledger");

        run("main", "com.example.nations.NationsApplication", Map.of("LEDGER_URL", ledger));

        assertArrived("nations", "select n_nationkey, n_name, n_comment from nation order by 1", 25);
        assertKept("nations", 25, Map.of("ledger.url", ledger));
    }

    @Test
    void carriesRowsInASpringBootApplication() throws Exception {
        try (EmbeddedPostgres server = PrivatePostgres.in(directory).start()) {
            String ledger = server.getJdbcUrl("postgres", "postgres");

            run(
                    "spring-boot",
                    "com.example.regions.RegionsApplication",
                    Map.of("LEDGER_URL", ledger, "LEDGER_USER", "postgres", "LEDGER_PASSWORD", ""));

            assertArrived("regions", "select r_regionkey, r_name, r_comment from region order by 1", 5);
            assertKept("regions", 5, Map.of("ledger.url", ledger));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "spring-boot"})
    void forcesNothingOnAnApplicationThatItCanDoWithout(String application) throws Exception {
        List<String> jars = Arrays.stream(classPath(application).split(System.getProperty("path.separator")))
                .map(jar -> Path.of(jar).getFileName().toString())
                .toList();

        assertThat(jars)
                .anyMatch(jar -> jar.startsWith("caravan-0"))
                .noneMatch(
                        jar -> jar.matches(
                                "(picocli|progressbar|jansi|quartz|camel-quartz|camel-aws-secrets|secretsmanager|cron-utils"
                                        + "|camel-platform-http|micrometer-registry|json-schema-validator|camel-avro|camel-xml-io-dsl).*"));
        if (application.equals("main")) {
            assertThat(jars)
                    .as("its own logging, and that only")
                    .anyMatch(jar -> jar.startsWith("slf4j-simple"))
                    .noneMatch(jar -> jar.matches("(logback|jul-to-slf4j|log4j).*"));
        }
    }

    private void run(String application, String main, Map<String, String> environment) throws Exception {
        Path log = directory.resolve(application + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        target(application).resolve("classes")
                                + System.getProperty("path.separator")
                                + classPath(application),
                        main)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(sandboxAsEnvironment());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as(() -> "ends: " + text(log))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(text(log)).isZero();
    }

    /** Where the stand-ins are; the source is the applications' own database, which they call shop. */
    private static Map<String, String> sandboxAsEnvironment() {
        Properties settings = SharedSandbox.settings();
        settings.setProperty("databricks.user", "token");
        settings.setProperty("databricks.password", settings.getProperty("databricks.token"));
        return settings.stringPropertyNames().stream()
                .collect(Collectors.toMap(
                        key -> key.replaceFirst("^source\\.", "shop.")
                                .replaceAll("[.-]", "_")
                                .toUpperCase(Locale.ROOT),
                        settings::getProperty));
    }

    private static void assertArrived(String table, String query, int rows) throws Exception {
        try (Connection source = SharedSandbox.source();
                Connection redshift = SharedSandbox.redshift()) {
            List<List<String>> queried = SharedSandbox.query(source, query);
            assertThat(queried).hasSize(rows);
            assertThat(SharedSandbox.query(redshift, "select * from public." + table + " order by 1"))
                    .isEqualTo(queried);
        }
    }

    /** The command line shows the run of the application, in the application's ledger. */
    private static void assertKept(String pipeline, int rows, Map<String, String> ledger) throws Exception {
        SharedSandbox.Call call = SharedSandbox.call(
                "runs", "--json", "--config", SharedSandbox.configWith(ledger).toString());

        assertThat(call.exitCode()).as(call.err()).isZero();
        JsonNode runs = new ObjectMapper().readTree(call.out()).path("runs");
        assertThat(runs).as(call.out()).hasSize(1);
        JsonNode run = runs.get(0);
        assertThat(run.path("pipeline").asText()).isEqualTo(pipeline);
        assertThat(run.path("outcome").asText()).as(call.out()).isEqualTo("done");
        for (String point : List.of("source", "files", "copied", "redshift", "databricks")) {
            assertThat(run.path("rows").path(point).asInt()).as(point).isEqualTo(rows);
        }
    }

    private static Path target(String application) {
        return Common.home().resolve("src/embedded").resolve(application).resolve("target");
    }

    private static String classPath(String application) throws IOException {
        Path file = target(application).resolve("classpath");
        assertThat(file)
                .as("mvn verify builds it; by hand: mvn -f src/embedded/pom.xml -DskipTests package")
                .exists();
        return Files.readString(file).strip();
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
