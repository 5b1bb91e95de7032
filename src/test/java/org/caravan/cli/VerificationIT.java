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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.caravan.verify.CertificateSchema;
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

    @Test
    void comparesASampleOfTheRowsAndSaysSoEverywhere() throws Exception {
        Map<String, String> sampled = Map.of("verify.sample", "10", "verify.digest", "both");
        TestPipeline.of("sampled", "SELECT id::bigint, 'name ' || id AS name FROM generate_series(1, 2000) id")
                .write(directory);
        SharedSandbox.Call call = call("run", "sampled", sampled, "--json");
        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        JsonNode report = JSON.readTree(call.out());

        for (String point : List.of("source", "files", "copied", "redshift", "databricks")) {
            assertThat(report.path("rows").path(point).asLong()).as(point).isEqualTo(2000);
        }
        String digest = report.at("/digests/files").asText();
        assertThat(digest).matches("1:1/10:[12]\\d\\d:[0-9a-f]+:[0-9a-f]+");
        assertThat(report.at("/digests/redshift").asText()).isEqualTo(digest);
        assertThat(report.at("/digests/databricks").asText()).isEqualTo(digest);
        assertThat(report.path("proofs").toString())
                .contains("[\"rows\",\"values\",\"digest sampled 1/10\"]")
                .doesNotContain("\"digest\"");
        String run = report.path("run").asText();
        assertThat(call("show", run, sampled).out())
                .contains("rows, values, digest sampled 1/10 of public.sampled, read in databricks")
                .contains("2,000 rows, counts, extremes and sums; digest sampled 1/10, of ")
                .contains("is of a sample of the rows, 1/10 (verify.sample)")
                .doesNotContain("every value");
        JsonNode certificate =
                JSON.readTree(call("show", run, sampled, "--certificate").out());
        CertificateSchema.assertValid(certificate);
        assertThat(certificate.path("verifications"))
                .hasSize(4)
                .allSatisfy(one -> assertThat(one.path("sampled").asText()).isEqualTo("1/10"));
        assertThat(certificate.path("notProven")).hasSize(4);
        assertThat(call("run", "sampled", sampled).out()).contains("; digest sampled 1/10; run ");
    }

    @Test
    void findsAChangeInARowOfTheSampleBeforeAndAfterThePublication() throws Exception {
        Map<String, String> sampled =
                Map.of("verify.sample", "4", "verify.digest", "redshift", "verify.compare", "rows");
        String sql = "SELECT id::bigint, 'name ' || id AS name FROM generate_series(1, 400) id";
        TestPipeline.of("sampled_changed", sql)
                .tampered(List.of("update STAGED set name = 'else'"))
                .write(directory);

        SharedSandbox.Call changed = call("run", "sampled_changed", sampled, "--json");
        assertThat(changed.exitCode()).as(changed.out() + changed.err()).isEqualTo(7);
        assertThat(JSON.readTree(changed.out()).at("/error/message").asText()).contains("column 'name' digest: ");

        TestPipeline.of("sampled_changed", sql).write(directory);
        SharedSandbox.Call good = call("run", "sampled_changed", sampled, "--json");
        assertThat(good.exitCode()).as(good.out() + good.err()).isZero();
        String run = JSON.readTree(good.out()).path("run").asText();
        SharedSandbox.Call holds = call("verify-certificate", run, Map.of());
        assertThat(holds.exitCode()).as(holds.out() + holds.err()).isZero();
        assertThat(holds.out())
                .contains("a sample 1/4 of the rows of public.sampled_changed by digest: 1:1/4:")
                .contains("the values of the other rows are not compared");

        execute("update public.sampled_changed set name = 'else'");
        SharedSandbox.Call differs = call("verify-certificate", run, Map.of());
        assertThat(differs.exitCode()).as(differs.out()).isEqualTo(7);
        assertThat(differs.out()).contains("public.sampled_changed has the digest 1:1/4:");
    }

    private SharedSandbox.Call call(String verb, String which, Map<String, String> settings, String... more)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of(verb, which));
        arguments.addAll(List.of(more));
        if (verb.equals("run")) {
            arguments.addAll(List.of("--routes", directory.toString()));
        }
        arguments.addAll(List.of("--config", SharedSandbox.configWith(settings).toString()));
        return SharedSandbox.call(arguments.toArray(new String[0]));
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
