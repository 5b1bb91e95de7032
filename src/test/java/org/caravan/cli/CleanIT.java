package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Lease;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.store.EmbeddedFile;
import org.caravan.ledger.store.JdbcLedger;
import org.caravan.settings.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What clean deletes is what the ledger owns and retention allows, and nothing else. */
class CleanIT {
    private static final String UNKNOWN_RUN = "20200131t060000000_4x7qa";
    private static final Map<String, String> NOTHING_KEPT = Map.of(
            "clean.keep-files", "0s", "clean.keep-failed", "0s", "clean.keep-tables", "0s", "clean.keep-history", "0s");

    @TempDir
    private Path directory;

    private final Connections connections = new Connections();
    private S3Client s3;
    private String bucket;

    @BeforeEach
    void connect() {
        Settings settings = Common.settingsOf(SharedSandbox.config());
        s3 = connections.s3(settings);
        bucket = settings.find("staging.bucket").orElseThrow();
    }

    @AfterEach
    void close() throws Exception {
        SandboxFaults.of("s3").clear();
        connections.close();
        // What clean leaves alone, other tests would find.
        execute("drop table if exists caravan_staging.cleaned__" + UNKNOWN_RUN);
    }

    @Test
    void deletesWhatTheLedgerOwnsAndRetentionAllows() throws Exception {
        String first = run("cleaned", Map.of(), 0);
        String refused = run("cleaned", Map.of("redshift.copy.iam-role", "arn:aws:iam::123456789012:role/stranger"), 6);
        String last = run("cleaned", Map.of(), 0);
        List<String> certificates = certificates("cleaned");
        assertThat(certificates).hasSize(2);
        List<String> own = keys("cleaned");
        own.removeAll(certificates);
        assertThat(own).hasSize(6);
        List<String> foreign = List.of(
                "caravan/cleaned/" + first + "/note.txt",
                "caravan/cleaned/other.txt",
                "caravan/cleaned/" + UNKNOWN_RUN + "/part-00001.parquet");
        foreign.forEach(this::put);
        upload("caravan/cleaned/" + first + "/part-00001.parquet");
        upload("caravan/cleaned/" + UNKNOWN_RUN + "/part-00001.parquet");
        String dead = "caravan_staging.cleaned__" + refused;
        String unknown = "caravan_staging.cleaned__" + UNKNOWN_RUN;
        List<String> made = List.of(dead, dead + "_2", unknown);
        for (String table : made) {
            execute("create table " + table + " (n int)");
        }
        List<String> before = keys("cleaned");

        JsonNode listed = clean("cleaned", 0, NOTHING_KEPT, "--dry-run");

        assertThat(listed.path("dryRun").asBoolean()).isTrue();
        assertThat(texts(listed.path("files"), "key"))
                .containsExactlyInAnyOrderElementsOf(
                        own.stream().filter(key -> !key.contains(last)).toList());
        assertThat(texts(listed.path("tables"), "table")).containsExactlyInAnyOrder(dead, dead + "_2");
        assertThat(listed.path("uploads")).hasSize(1);
        assertThat(listed.path("history")).hasSize(2);
        assertThat(listed.path("unknown").path("objects")).hasSize(foreign.size() + 1);
        assertThat(texts(listed.path("unknown").path("tables"), "")).containsExactly(unknown);
        assertThat(keys("cleaned")).isEqualTo(before);

        // Without the right to delete nothing is lost: the ledger goes on knowing what is there.
        SandboxFaults.of("s3").order("{\"fault\":\"access-denied\",\"method\":\"POST\",\"count\":1000}");
        JsonNode denied = clean("cleaned", 5, NOTHING_KEPT);
        assertThat(denied.path("problems").path(0).path("message").asText()).contains("s3:DeleteObject");
        assertThat(denied.path("history")).isEmpty();
        SandboxFaults.of("s3").clear();
        assertThat(keys("cleaned")).isEqualTo(before);

        JsonNode cleaned = clean("cleaned", 0, NOTHING_KEPT);

        assertThat(cleaned.path("history")).hasSize(2);
        List<String> left = new ArrayList<>(foreign);
        left.addAll(certificates);
        own.stream().filter(key -> key.contains(last)).forEach(left::add);
        assertThat(keys("cleaned")).containsExactlyInAnyOrderElementsOf(left);
        assertThat(s3.listMultipartUploads(request -> request.bucket(bucket).prefix("caravan/cleaned/"))
                        .uploads())
                .hasSize(1);
        assertThat(tables("cleaned")).containsExactly("cleaned__" + UNKNOWN_RUN, "cleaned__load_ledger");
        assertThat(runs("cleaned")).containsExactly(last);

        JsonNode again = clean("cleaned", 0, NOTHING_KEPT);
        assertThat(again.path("files")).isEmpty();
        assertThat(again.path("tables")).isEmpty();
        assertThat(again.path("history")).isEmpty();
    }

    @Test
    void touchesNothingOfARunThatIsUnderWayAndAllOfItAfterwards() throws Exception {
        JdbcLedger ledger = new JdbcLedger(
                EmbeddedFile.at(ledgerUrl(), "sa", ""),
                Origin.here(StartedBy.COMMAND, ""),
                Secrets.NONE,
                Duration.ofMinutes(1));
        Run run = new Run(RunId.at(Instant.now()), "underway", Instant.now());
        String folder = "caravan/underway/" + run.id() + "/";
        Lease lease = ledger.begin(run);
        lease.add(new StagedPart(1, folder + "part-00001.parquet", 1, 5, 0));
        List<String> staged = List.of(folder + "part-00001.parquet", folder + "manifest.json");
        staged.forEach(this::put);
        execute("create table caravan_staging.underway__" + run.id() + " (n int)");

        JsonNode kept = clean("underway", 0, NOTHING_KEPT);

        assertThat(kept.path("files")).isEmpty();
        assertThat(kept.path("tables")).isEmpty();
        assertThat(keys("underway")).hasSize(2);
        assertThat(tables("underway")).hasSize(1);
        assertThat(runs("underway")).hasSize(1);

        lease.end(new Run.Outcome(Instant.now(), Optional.of(new Failure(Category.LOAD, "no room"))));
        ledger.close();
        // A view on the staging table keeps it from being dropped; the rest goes, and its history stays for the next
        // time.
        execute("create view public.on_underway as select n from caravan_staging.underway__" + run.id());
        JsonNode bound = clean("underway", 6, NOTHING_KEPT);
        assertThat(bound.path("problems").path(0).path("message").asText()).contains("underway__" + run.id());
        assertThat(keys("underway")).isEmpty();
        assertThat(runs("underway")).hasSize(1);

        execute("drop view public.on_underway");
        clean("underway", 0, NOTHING_KEPT);
        assertThat(tables("underway")).isEmpty();
        assertThat(runs("underway")).isEmpty();
    }

    @Test
    void cleansUpAfterEachRunIfToldTo() throws Exception {
        Map<String, String> settings = new HashMap<>(NOTHING_KEPT);
        settings.put("clean.after-run", "true");
        run("tidy", settings, 0);
        String last = run("tidy", settings, 0);

        List<String> left = keys("tidy");
        left.removeAll(certificates("tidy"));
        assertThat(left).isNotEmpty().allMatch(key -> key.contains(last));
        assertThat(runs("tidy")).containsExactly(last);
    }

    private String run(String pipeline, Map<String, String> changes, int exitCode) throws Exception {
        TestPipeline.of(pipeline, "SELECT 1::bigint AS n").write(directory);
        SharedSandbox.Call call = SharedSandbox.call(
                "run", pipeline, "--json", "--routes", directory.toString(), "--config", config(changes));
        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(exitCode);
        return new ObjectMapper().readTree(call.out()).path("run").asText();
    }

    private JsonNode clean(String pipeline, int exitCode, Map<String, String> changes, String... more)
            throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("clean", "--json", "--pipeline", pipeline, "--config", config(changes)));
        arguments.addAll(List.of(more));
        SharedSandbox.Call call = SharedSandbox.call(arguments.toArray(new String[0]));
        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(exitCode);
        return new ObjectMapper().readTree(call.out());
    }

    private String ledgerUrl() {
        return "jdbc:h2:file:" + directory.resolve("ledger");
    }

    private String config(Map<String, String> changes) throws Exception {
        Map<String, String> all = new HashMap<>(changes);
        all.put("ledger.url", ledgerUrl());
        return SharedSandbox.configWith(all).toString();
    }

    private void put(String key) {
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("here\n"));
    }

    private void upload(String key) {
        s3.createMultipartUpload(request -> request.bucket(bucket).key(key));
    }

    private List<String> keys(String pipeline) {
        return new ArrayList<>(s3
                .listObjectsV2Paginator(request -> request.bucket(bucket).prefix("caravan/" + pipeline + "/"))
                .contents()
                .stream()
                .map(object -> object.key())
                .toList());
    }

    private List<String> certificates(String pipeline) {
        return keys(pipeline).stream()
                .filter(key -> key.endsWith("/certificate.json"))
                .toList();
    }

    private static List<String> tables(String pipeline) throws Exception {
        try (Connection redshift = SharedSandbox.redshift()) {
            return SharedSandbox.query(
                            redshift,
                            "select table_name from information_schema.tables where table_schema = 'caravan_staging'"
                                    + " and table_name like '" + pipeline + "\\\\_\\\\_%' order by 1")
                    .stream()
                    .map(row -> row.get(0))
                    .toList();
        }
    }

    private List<String> runs(String pipeline) throws Exception {
        SharedSandbox.Call call =
                SharedSandbox.call("runs", "--json", "--pipeline", pipeline, "--config", config(Map.of()));
        return texts(new ObjectMapper().readTree(call.out()).path("runs"), "run");
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add((field.isEmpty() ? node : node.path(field)).asText()));
        return texts;
    }

    private static void execute(String sql) throws Exception {
        try (Connection redshift = SharedSandbox.redshift()) {
            SharedSandbox.execute(redshift, sql);
        }
    }
}
