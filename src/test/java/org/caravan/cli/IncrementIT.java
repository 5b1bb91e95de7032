package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.caravan.PrivatePostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Increments over a source that changes while runs come and go, succeed, fail and die. */
class IncrementIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OLD = "now() - interval '1 hour'";

    @TempDir
    private static Path server;

    /** The sandbox's own lets nobody make a table. */
    private static EmbeddedPostgres source;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws IOException {
        source = PrivatePostgres.in(server).start();
    }

    @AfterAll
    static void stop() throws IOException {
        source.close();
    }

    private static Connection source() throws SQLException {
        return source.getPostgresDatabase().getConnection();
    }

    @Test
    void neitherSkipsNorDoublesWhatChangesWhatComesLateAndWhatACrashLeft() throws Exception {
        String name = "increments";
        Path config = config();
        try (Connection source = source();
                Connection late = source()) {
            table(source, name);
            route(name, Map.of("watermarkLag", "10m"), Map.of("mode", "merge", "keys", "id"));

            JsonNode first = json(0, call(config, name));
            assertThat(first.at("/rows/source").asLong()).isEqualTo(3);
            assertThat(first.at("/parameters/lowWater/value").asText()).isEqualTo("2020-01-01T00:00Z");

            // One row is new, one has changed, and one is under way at the source and bears an earlier time.
            late.setAutoCommit(false);
            SharedSandbox.execute(late, "INSERT INTO " + name + " VALUES (4, 'late', clock_timestamp())");
            SharedSandbox.execute(source, "UPDATE " + name + " SET what = 'changed', updated_at = now() WHERE id = 1");
            SharedSandbox.execute(source, "INSERT INTO " + name + " VALUES (5, 'new', now())");
            // Somebody spoils the target between the publication and the verification after it.
            route(
                    name,
                    Map.of("watermarkLag", "10m"),
                    Map.of("mode", "merge", "keys", "id"),
                    Map.of(
                            "setBody",
                            Map.of("constant", "UPDATE public." + name + " SET what = 'spoilt' WHERE id = 5")),
                    Map.of("to", "jdbc:redshift"));
            JsonNode failed = json(7, call(config, name));
            assertThat(failed.at("/rows/source").asLong()).isEqualTo(2);
            assertThat(time(failed, "lowWater"))
                    .isEqualTo(time(first, "highWater").minusMinutes(10));
            late.commit();

            // A process dies after the publication, and before it could verify it.
            route(
                    name,
                    Map.of("watermarkLag", "10m"),
                    Map.of("mode", "merge", "keys", "id"),
                    Map.of("delay", Map.of("constant", "600000")));
            killAfterPublication(name, config, 3);

            route(name, Map.of("watermarkLag", "10m"), Map.of("mode", "merge", "keys", "id"));
            JsonNode last = json(0, call(config, name));

            // It goes on from the last that was verified, and so reads the late row as well.
            assertThat(time(last, "lowWater"))
                    .isEqualTo(time(first, "highWater").minusMinutes(10));
            assertThat(last.at("/rows/source").asLong()).isEqualTo(3);
            assertThat(target(name)).isEqualTo(source(source, name)).hasSize(5);
            assertHeld(config, name, last);
        }
    }

    private void assertHeld(Path config, String name, JsonNode last) throws Exception {
        String high = last.at("/parameters/highWater/value").asText();
        SharedSandbox.Call show = SharedSandbox.call("show", last.path("run").asText(), "--config", config.toString());
        assertThat(show.out()).contains("highWater = " + high + " (timestamptz)");
        JsonNode certificate = json(
                0,
                SharedSandbox.call("show", last.path("run").asText(), "--certificate", "--config", config.toString()));
        assertThat(certificate.at("/increment/below").asText()).isEqualTo(high);
        try (Connection redshift = SharedSandbox.redshift()) {
            assertThat(SharedSandbox.query(
                            redshift,
                            "select watermark from caravan_staging." + name + "__load_ledger where run_id = '"
                                    + last.path("run").asText() + "'"))
                    .containsExactly(List.of("updated_at=timestamptz(" + high + ")"));
        }
        SharedSandbox.Call plan =
                SharedSandbox.call("plan", name, "--routes", directory.toString(), "--config", config.toString());
        assertThat(plan.exitCode()).as(plan.out() + plan.err()).isZero();
        assertThat(plan.out())
                .contains("read before, by Caravan's ledger: up to " + high)
                .contains("the source's clock, now");
    }

    @Test
    void losesWhatComesLateWithoutALagAndGoesOnWithoutCaravansLedger() throws Exception {
        String name = "increments_only";
        Path config = config();
        try (Connection source = source();
                Connection late = source()) {
            table(source, name);
            route(name, Map.of(), Map.of("mode", "append"));
            assertThat(json(0, call(config, name)).at("/rows/source").asLong()).isEqualTo(3);

            SharedSandbox.execute(source, "INSERT INTO " + name + " VALUES (4, 'new', now())");
            late.setAutoCommit(false);
            SharedSandbox.execute(late, "INSERT INTO " + name + " VALUES (5, 'late', clock_timestamp())");
            assertThat(json(0, call(config, name)).at("/rows/source").asLong()).isEqualTo(1);
            late.commit();

            // Nothing is new by the query, which is no error; and the row is lost, for want of a lag.
            JsonNode empty = json(0, call(config, name));
            assertThat(empty.at("/rows/source").asLong()).isZero();
            assertThat(target(name)).hasSize(4);

            String from = SharedSandbox.query(source, "SELECT updated_at FROM " + name + " WHERE id = 5")
                    .get(0)
                    .get(0);
            assertThat(json(
                                    0,
                                    call(
                                            config,
                                            name,
                                            "--watermark-from",
                                            OffsetDateTime.parse(offset(from)).toString()))
                            .at("/rows/source")
                            .asLong())
                    .isEqualTo(1);
            assertThat(target(name)).isEqualTo(source(source, name)).hasSize(5);

            // Another ledger, which knows of nothing: the warehouse does.
            JsonNode other = json(0, call(config(), name));
            assertThat(other.at("/rows/source").asLong()).isZero();
            assertThat(target(name)).hasSize(5);
        }
    }

    private void killAfterPublication(String name, Path config, int runs) throws Exception {
        try (CaravanProcess child = new CaravanProcess(
                        directory, "run", name, "--routes", directory.toString(), "--config", config.toString());
                Connection redshift = SharedSandbox.redshift()) {
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                assertThat(child.isAlive()).as(child.said()).isTrue();
                return SharedSandbox.query(redshift, "select 1 from caravan_staging." + name + "__load_ledger")
                                .size()
                        == runs;
            });
            child.kill();
        }
        // Its lock outlives it for the setting's two seconds.
        await().atMost(Duration.ofMinutes(1)).until(() -> SharedSandbox.call(
                        "runs", "--pipeline", name, "--limit", "1", "--config", config.toString())
                .out()
                .contains("interrupted"));
    }

    private static void table(Connection source, String name) throws Exception {
        SharedSandbox.execute(source, "DROP TABLE IF EXISTS " + name);
        SharedSandbox.execute(
                source,
                "CREATE TABLE " + name
                        + " (id bigint PRIMARY KEY, what varchar(20) NOT NULL, updated_at timestamptz NOT NULL)");
        SharedSandbox.execute(
                source, "INSERT INTO " + name + " SELECT n, 'old', " + OLD + " FROM generate_series(1, 3) n");
        SharedSandbox.execute(source, "SET timezone TO 'UTC'");
    }

    /** The everyday form, with steps between the publication and the verification after it. */
    private void route(String name, Map<String, Object> extract, Map<String, Object> load, Object... between)
            throws Exception {
        Files.writeString(
                directory.resolve(name + ".sql"),
                "SELECT id, what, updated_at FROM " + name
                        + " WHERE updated_at >= :lowWater AND updated_at < :highWater");
        Map<String, Object> parameters = new TreeMap<>(extract);
        parameters.putAll(Map.of(
                "pipeline",
                name,
                "sql",
                "file:{{caravan.routes}}/" + name + ".sql",
                "watermark",
                "updated_at",
                "watermarkStart",
                "2020-01-01T00:00:00Z"));
        List<Object> steps = new ArrayList<>();
        steps.add(Map.of("to", Map.of("uri", "kamelet:caravan-extract", "parameters", parameters)));
        steps.add(Map.of("to", Map.of("uri", "kamelet:caravan-load", "parameters", load)));
        steps.addAll(Arrays.asList(between));
        steps.add(Map.of("to", "kamelet:caravan-verify"));
        Files.writeString(
                directory.resolve(name + ".camel.yaml"),
                JSON.writeValueAsString(List.of(
                        Map.of("route", Map.of("id", name, "from", Map.of("uri", "timer:" + name, "steps", steps))))));
        if (Files.notExists(directory.resolve("verify.camel.yaml"))) {
            CommandLineCall.verification(directory);
        }
    }

    /** Settings with a ledger of their own. */
    private Path config() throws Exception {
        Path ledger = Files.createTempDirectory(directory, "ledger").resolve("ledger");
        return SharedSandbox.configWith(Map.of(
                "verify.digest",
                "both",
                "ledger.url",
                "jdbc:h2:file:" + ledger,
                "ledger.lock-expiry",
                "2s",
                "source.url",
                source.getJdbcUrl("postgres", "postgres"),
                "source.user",
                "postgres",
                "source.password",
                "postgres"));
    }

    private SharedSandbox.Call call(Path config, String name, String... words) {
        return SharedSandbox.call(Stream.concat(
                        Stream.of("run", name, "--json"),
                        Stream.concat(
                                Arrays.stream(words),
                                Stream.of("--routes", directory.toString(), "--config", config.toString())))
                .toArray(String[]::new));
    }

    private static JsonNode json(int exitCode, SharedSandbox.Call call) throws Exception {
        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(exitCode);
        return JSON.readTree(call.out());
    }

    private static OffsetDateTime time(JsonNode report, String parameter) {
        return OffsetDateTime.parse(
                report.at("/parameters/" + parameter + "/value").asText());
    }

    /** PostgreSQL's text of a time in UTC, as ISO 8601 has it. */
    private static String offset(String text) {
        return text.replace(' ', 'T') + ":00";
    }

    private static List<List<String>> source(Connection source, String name) throws Exception {
        return SharedSandbox.query(
                source,
                "SELECT id, what, to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') FROM " + name
                        + " ORDER BY id");
    }

    private static List<List<String>> target(String name) throws Exception {
        try (Connection redshift = SharedSandbox.redshift()) {
            return SharedSandbox.query(
                    redshift,
                    "SELECT id, what, to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') FROM public."
                            + name + " ORDER BY id, what");
        }
    }
}
