package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service on the stand-ins with pipelines that are well, that fail, that differ from what was queried, that are late, and a file
 * that is refused: what it says by HTTP is what the ledger keeps.
 */
class ObserveIT {
    private static final String ROUTE =
            """
            - route:
                id: %1$s
                from:
                  uri: timer:%1$s?repeatCount=1
                  steps:
                    - to: kamelet:caravan-extract?pipeline=%1$s&sql=file:{{caravan.routes}}/%1$s.sql
            """;
    private static final String LOADS =
            """
            - to: kamelet:caravan-load
            - to: kamelet:caravan-verify
            """;
    private static final String TAMPERS =
            """
            - to: caravan-redshift:load
            - setBody: { simple: "delete from caravan_staging.seen_differing__${header.CamelCaravanRunId} where id = 3" }
            - to: jdbc:redshift
            - to: direct:verify
            - to: caravan-redshift:publish
            """;
    private static final int DEPTH = 8;
    private static final String LATE =
            """
            - route:
                id: seen_late
                from:
                  uri: caravan-schedule:seen_late
                  parameters: { cron: "* * * * * ?" }
                  steps:
                    - throwException: { exceptionType: java.lang.IllegalStateException, message: "before any run" }
            """;

    @TempDir
    private Path directory;

    private Path routes;
    private Path config;

    @BeforeEach
    void write() throws IOException {
        routes = Files.createDirectory(directory.resolve("routes"));
        Files.copy(Path.of("routes/verify.camel.yaml"), routes.resolve("verify.camel.yaml"));
        pipeline("seen_good", LOADS, "SELECT id::bigint FROM generate_series(1, 1234) id");
        pipeline("seen_failing", LOADS, "SELECT id::bigint FROM nowhere");
        pipeline("seen_differing", TAMPERS, "SELECT id::bigint FROM generate_series(1, 9) id");
        Files.writeString(routes.resolve("late.camel.yaml"), LATE);
        CommandLineCall.route(routes, "seen_bad", "log: hello", "to: nosuch:endpoint");
        config = SharedSandbox.configWith(Map.of(
                "ledger.url",
                "jdbc:h2:file:" + directory.resolve("ledger"),
                "observe.port",
                "0",
                "observe.late-after",
                "1s"));
    }

    private void pipeline(String name, String steps, String sql) throws IOException {
        Files.writeString(routes.resolve(name + ".camel.yaml"), ROUTE.formatted(name) + steps.indent(DEPTH));
        Files.writeString(routes.resolve(name + ".sql"), sql);
    }

    private List<JsonNode> runs(String pipeline) throws IOException {
        SharedSandbox.Call call =
                SharedSandbox.call("runs", "--pipeline", pipeline, "--json", "--config", config.toString());
        assertThat(call.exitCode()).as(call.err()).isZero();
        List<JsonNode> runs = new ArrayList<>();
        new ObjectMapper().readTree(call.out()).path("runs").forEach(runs::add);
        return runs;
    }

    private static boolean says(JsonNode check, String text) {
        return check.path("message").asText().contains(text);
    }

    private static JsonNode pipeline(JsonNode body, String name) {
        for (JsonNode pipeline :
                ObservedService.check(body, "caravan-pipelines").path("data").path("pipelines")) {
            if (pipeline.path("pipeline").asText().equals(name)) {
                return pipeline;
            }
        }
        return body.path("there is no pipeline " + name);
    }

    @Test
    void saysWhatTheLedgerKeeps() throws Exception {
        try (ObservedService service = new ObservedService(directory, routes, config)) {
            JsonNode body = service.ready(
                    "caravan-pipelines",
                    check -> says(check, "failing: seen_differing, seen_failing; late: seen_late; never ran: seen_late")
                            && !says(check, "running"));

            assertThat(body.path("status").asText()).isEqualTo("UP");
            assertThat(ObservedService.check(body, "caravan-routes")
                            .path("message")
                            .asText())
                    .contains("seen_bad.camel.yaml:7 is refused, nothing of it runs: ");
            assertThat(pipeline(body, "seen_failing")
                            .at("/lastRun/error/category")
                            .asText())
                    .isEqualTo("source");
            assertThat(pipeline(body, "seen_failing")
                            .at("/lastRun/error/message")
                            .asText())
                    .contains("nowhere");
            assertThat(pipeline(body, "seen_late").path("missed").asText()).isNotEmpty();
            assertThat(pipeline(body, "seen_good").path("conditions")).isEmpty();
            holdsAgainstTheLedger(service, pipeline(body, "seen_good"));
            assertThat(service.get("/observe/health/live").statusCode()).isEqualTo(200);
            saysNoSecret(service);

            SharedSandbox.Call pause = SharedSandbox.call(
                    "pause",
                    "seen_late",
                    "--reason",
                    "the cluster moves",
                    "--routes",
                    routes.toString(),
                    "--config",
                    config.toString());
            assertThat(pause.exitCode()).as(pause.err()).isZero();

            body = service.ready(
                    "caravan-pipelines", check -> says(check, "paused: seen_late") && !says(check, "late: seen_late;"));
            assertThat(pipeline(body, "seen_late").at("/paused/reason").asText())
                    .isEqualTo("the cluster moves");
            assertThat(service.metric("caravan_pipeline_paused{pipeline=\"seen_late\"}"))
                    .isEqualTo(1);
        }
    }

    private void holdsAgainstTheLedger(ObservedService service, JsonNode good) throws Exception {
        adds(service, "seen_good", "done", "rows", run -> run.at("/rows/source").asLong());
        adds(service, "seen_good", "done", "staged_bytes", run -> run.path("bytes")
                .asLong());
        adds(service, "seen_good", "done", "staged_files", run -> run.path("parts")
                .asLong());
        adds(service, "seen_good", "done", "runs", run -> 1);
        adds(service, "seen_failing", "failed", "runs", run -> 1);
        adds(service, "seen_differing", "failed", "rows", run -> run.at("/rows/source")
                .asLong());
        JsonNode run = runs("seen_good").get(0);
        assertThat(run.at("/rows/source").asLong()).isEqualTo(1234);
        assertThat(good.path("lastSuccess").asText())
                .isEqualTo(run.path("ended").asText());
        assertThat(service.metric("caravan_last_success_timestamp_seconds{pipeline=\"seen_good\"}"))
                .isEqualTo(Instant.parse(run.path("ended").asText()).toEpochMilli() / 1000.0);
        assertThat(service.metric("caravan_verification_differences_total{pipeline=\"seen_good\"}"))
                .isZero();
        assertThat(service.metric("caravan_verification_differences_total{pipeline=\"seen_differing\"}"))
                .isPositive();
        assertThat(service.metric("caravan_pipeline_failing{pipeline=\"seen_failing\"}"))
                .isEqualTo(1);
        assertThat(service.metric("caravan_pipeline_late{pipeline=\"seen_late\"}"))
                .isEqualTo(1);
        assertThat(service.metric("caravan_pipeline_never_ran{pipeline=\"seen_late\"}"))
                .isEqualTo(1);
        for (String step : List.of("extract", "stage", "load", "verify", "publish")) {
            assertThat(service.metric(
                            "caravan_step_duration_seconds_count{pipeline=\"seen_good\",step=\"" + step + "\"}"))
                    .as(step)
                    .isEqualTo(1);
        }
    }

    private void adds(
            ObservedService service, String pipeline, String outcome, String name, ToLongFunction<JsonNode> of)
            throws Exception {
        long sum = runs(pipeline).stream()
                .filter(run -> run.path("outcome").asText().equals(outcome))
                .mapToLong(of)
                .sum();
        assertThat(sum).as(name + " of " + pipeline).isPositive();
        assertThat(service.metric(
                        "caravan_" + name + "_total{outcome=\"" + outcome + "\",pipeline=\"" + pipeline + "\"}"))
                .as(name + " of " + pipeline)
                .isEqualTo((double) sum);
    }

    private static void saysNoSecret(ObservedService service) throws Exception {
        Properties settings = SharedSandbox.settings();
        for (String page : List.of("/observe/health/ready", "/observe/health/live", "/observe/metrics")) {
            String body = service.get(page).body();
            for (String key : List.of(
                    "source.password", "redshift.password", "databricks.token", "s3.secret-key", "s3.access-key")) {
                assertThat(body).as(key + " at " + page).doesNotContain(settings.getProperty(key));
            }
        }
    }
}
