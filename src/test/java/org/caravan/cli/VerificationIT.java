package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is changed behind Caravan's back is found before readers see it; and what was compared is told. */
class VerificationIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERIFYING = "step=verify";
    private static final String PUBLISHING = "step=publish.*SET query_group";

    @TempDir
    private Path directory;

    /** A change of the staging table, when it is made, and how the run ends. */
    private record Change(String sql, String during, int exitCode, String said) {}

    @AfterEach
    void takeFaultsBack() throws Exception {
        SandboxFaults.of("redshift").clear();
    }

    @Test
    void publishesNothingThatWasChangedBetweenCopyAndPublication() throws Exception {
        run("behind", "old", Map.of(), 0);
        String remove = "delete from STAGED where id = 2";
        String change = "update STAGED set name = 'else' where id = 2";
        String add = "insert into STAGED values (6, 'more')";
        for (Change made : List.of(
                new Change(remove, VERIFYING, 7, "- (id='2', name='new')"),
                new Change(change, VERIFYING, 7, "+ (id='2', name='else') - (id='2', name='new')"),
                new Change(add, VERIFYING, 7, "+ (id='6', name='more')"),
                new Change(remove, PUBLISHING, 8, "it was changed after it was loaded and verified"),
                new Change(change, PUBLISHING, 8, "it was changed after it was loaded and verified"),
                new Change(add, PUBLISHING, 8, "it was changed after it was loaded and verified"))) {
            SandboxFaults redshift = SandboxFaults.of("redshift");
            redshift.clear();
            redshift.order(JSON.writeValueAsString(
                    Map.of("fault", "slow", "millis", 3000, "statement", "behind.*" + made.during())));
            CompletableFuture<JsonNode> run = CompletableFuture.supplyAsync(
                    () -> run("behind", "new", Map.of("verify.show-rows", "5"), made.exitCode()));

            await().atMost(Duration.ofMinutes(1)).until(() -> struck(redshift) || run.isDone());
            execute(made.sql().replace("STAGED", "caravan_staging." + staged("behind")));

            assertThat(run.join().path("error").path("message").asText())
                    .as(made.toString())
                    .contains(made.said());
            assertThat(query("select name, count(*) from public.behind group by name"))
                    .containsExactly(List.of("old", "5"));
            assertThat(query("select table_name from information_schema.tables where table_name like 'behind%again'"))
                    .isEmpty();
        }
    }

    @Test
    void isNotDoneIfDatabricksReadsAnotherRunAsTheLast() throws Exception {
        run("stale", "old", Map.of(), 0);
        String ledger = "caravan_staging.stale__load_ledger";
        execute("insert into " + ledger + " select '20990131t060000000_4x7qa', null, mode, target, rows_inserted,"
                + " rows_updated, rows_deleted, rows_after, digest, watermark, dateadd(year, 9, published_at),"
                + " caravan_version from " + ledger);

        JsonNode report = run("stale", "new", Map.of(), 7);

        assertThat(report.path("error").path("message").asText())
                .contains("Read through databricks, the load ledger " + ledger
                        + " names run 20990131t060000000_4x7qa as the last published instead of run "
                        + report.path("run").asText());
        assertThat(report.path("fresh").asBoolean(true)).isFalse();
    }

    @Test
    void tellsWhatWasComparedAndComparesLessIfToldTo() throws Exception {
        Map<String, String> less = Map.of("verify.compare", "rows", "verify.digest", "redshift");

        JsonNode report = run("counted", "new", less, 0);

        String staging = "caravan_staging.counted__" + report.path("run").asText();
        assertThat(report.path("fresh").asBoolean()).isTrue();
        assertThat(report.path("proofs"))
                .hasToString("[" + proof(staging, "redshift", "rows\",\"digest") + ","
                        + proof(staging, "databricks", "rows") + ","
                        + proof("public.counted", "redshift", "rows\",\"digest") + ","
                        + proof("public.counted", "databricks", "rows") + ","
                        + proof("caravan_staging.counted__load_ledger", "databricks", "freshness") + "]");
        SharedSandbox.Call shown = SharedSandbox.call(
                "show",
                report.path("run").asText(),
                "--config",
                SharedSandbox.config().toString());
        assertThat(shown.out())
                .contains("rows, digest of public.counted, read in redshift")
                .contains("freshness of caravan_staging.counted__load_ledger, read in databricks");
    }

    private static String proof(String table, String engine, String compared) {
        return "{\"table\":\"" + table + "\",\"engine\":\"" + engine + "\",\"compared\":[\"" + compared + "\"]}";
    }

    private JsonNode run(String pipeline, String version, Map<String, String> changes, int exitCode) {
        try {
            String sql = "SELECT id::bigint, '" + version + "'::varchar(10) AS name FROM generate_series(1, 5) id";
            TestPipeline.of(pipeline, sql).write(directory);
            Map<String, String> settings = new HashMap<>(Map.of("verify.digest", "both"));
            settings.putAll(changes);
            SharedSandbox.Call call = SharedSandbox.call(
                    "run",
                    pipeline,
                    "--json",
                    "--routes",
                    directory.toString(),
                    "--config",
                    SharedSandbox.configWith(settings).toString());
            assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(exitCode);
            return JSON.readTree(call.out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean struck(SandboxFaults faults) throws Exception {
        return JSON.readTree(faults.report()).findValues("struck").stream().anyMatch(count -> count.asLong() > 0);
    }

    /** The staging table of the run that is under way. */
    private static String staged(String pipeline) throws Exception {
        return query("select table_name from information_schema.tables where table_schema = 'caravan_staging'"
                        + " and table_name like '" + pipeline + "%' and table_name not like '%ledger'")
                .get(0)
                .get(0);
    }

    private static List<List<String>> query(String sql) throws Exception {
        try (Connection redshift = SharedSandbox.redshift()) {
            return SharedSandbox.query(redshift, sql);
        }
    }

    private static void execute(String sql) throws Exception {
        try (Connection redshift = SharedSandbox.redshift()) {
            SharedSandbox.execute(redshift, sql);
        }
    }
}
