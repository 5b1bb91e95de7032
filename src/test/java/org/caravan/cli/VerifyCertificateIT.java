package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate is held against the bucket, the load ledger, Redshift and Databricks, later. */
class VerifyCertificateIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SQL = "SELECT id::bigint, ('name ' || id)::varchar(20) AS name,"
            + " (id / 7.0)::numeric(12,4) AS amount, decode(md5(id::text), 'hex') AS hash,"
            + " timestamptz '2026-03-29 00:30:00+00' AS seen, (id / 3.0)::float8 AS ratio FROM generate_series(1, 50) id";

    @TempDir
    private Path directory;

    @Test
    void tellsWhatHoldsWhatDiffersAndWhatWasReplaced() throws Exception {
        TestPipeline pipeline = TestPipeline.of("rechecked", SQL).with("columns", "hash.type=binary(16)");
        String run = pipeline.run(directory, 50, 6).path("run").asText();
        Path parts = SharedSandbox.bucket().resolve("caravan/rechecked/" + run);
        Path part;
        try (Stream<Path> files = Files.list(parts)) {
            part = files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
        }
        Path file = Files.copy(parts.resolve("certificate.json"), directory.resolve("certificate.json"));

        holds(run, file);
        catchesAForgery(file);
        namesWhatIsWrongWithThePart(run, part);
        seesWhatChangedInTheTarget(run);
        String later = pipeline.run(directory, 50, 6).path("run").asText();
        saysThatALaterRunReplacedTheRows(run, later, part);
    }

    private static void holds(String run, Path file) throws Exception {
        SharedSandbox.Call text = check(run, "--digest", "both");
        assertThat(text.exitCode()).as(text.out() + text.err()).isZero();
        assertThat(text.out())
                .contains("is what its schema says, and its figures agree: 50 rows")
                .contains("the ledger has the same")
                .contains("certificate.json has the same")
                .contains("bytes, with CRC-32")
                .contains("manifest.json names these parts")
                .contains("rechecked__load_ledger says the same of the publication")
                .containsPattern("holds +redshift +public.rechecked has its 50 rows")
                .containsPattern("holds +databricks +public.rechecked has its 50 rows")
                .containsPattern("holds +redshift +every value of public.rechecked by digest: 1:50:")
                .containsPattern("holds +databricks +every value of public.rechecked by digest: 1:50:")
                .contains("reads run " + run + " as the last published")
                .endsWith("Certificate of run " + run + ": holds" + System.lineSeparator());
        String bucket = SharedSandbox.settings().getProperty("staging.bucket");
        for (String where :
                List.of(file.toString(), "s3://" + bucket + "/caravan/rechecked/" + run + "/certificate.json")) {
            JsonNode report = report(0, where, "--read-files");
            assertThat(report.path("verdict").asText())
                    .as(report.toPrettyString())
                    .isEqualTo("holds");
            assertThat(messages(report, "holds"))
                    .anyMatch(message -> message.endsWith("(read)"))
                    .contains("reads the same counts, extremes and sums of public.rechecked as redshift");
        }
    }

    private static void catchesAForgery(Path file) throws Exception {
        String text = Files.readString(file);
        Path forged = file.resolveSibling("forged.json");
        Files.writeString(forged, text.replaceAll("\\b50\\b", "60"));
        JsonNode consistent = report(7, forged.toString());
        assertThat(messages(consistent, "differs"))
                .anyMatch(message ->
                        message.startsWith("the ledger has another: ") && message.contains("50 there, 60 here"))
                .anyMatch(message -> message.contains("certificate.json has another: "))
                .contains(
                        "caravan_staging.rechecked__load_ledger says of the publication: inserted 50 instead of 60",
                        "caravan_staging.rechecked__load_ledger says of the publication: rowsAfter 50 instead of 60",
                        "public.rechecked has 50 rows instead of 60, which it had when the run was published");

        Files.writeString(forged, text.replaceFirst("\"copied\" : 50", "\"copied\" : \"fifty\""));
        assertThat(messages(report(7, forged.toString()), "differs"))
                .singleElement()
                .asString()
                .contains("is not what its schema says", "copied");

        Files.writeString(forged, text.replace("caravan-certificate/1", "certificate/0"));
        SharedSandbox.Call none = check(forged.toString());
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("its format is not caravan-certificate/1");
        assertThat(check("20990131t060000000_4x7qa").exitCode()).isEqualTo(2);
        assertThat(check("no-such-file").err()).contains("There is no file 'no-such-file', and it is no run's id");
    }

    private static void namesWhatIsWrongWithThePart(String run, Path part) throws Exception {
        byte[] bytes = Files.readAllBytes(part);
        byte[] changed = bytes.clone();
        changed[bytes.length / 2] ^= 1;
        Files.write(part, changed);
        assertThat(messages(report(7, run, "--read-files"), "differs"))
                .singleElement()
                .asString()
                .contains(part.getFileName().toString())
                .containsPattern("CRC-32 [0-9a-f]{8} instead of [0-9a-f]{8}");

        // Beside the bytes the stand-in keeps the ETag, with the file.
        Files.write(part, Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(messages(report(7, run), "differs"))
                .singleElement()
                .asString()
                .contains("bytes " + (bytes.length - 1) + " instead of " + bytes.length);

        Files.write(part, bytes);
        Path aside = Files.move(part, part.resolveSibling("aside"));
        assertThat(messages(report(7, run), "differs"))
                .singleElement()
                .asString()
                .endsWith("is missing, and the ledger does not say that 'clean' deleted it");
        Files.move(aside, part);
    }

    private static void seesWhatChangedInTheTarget(String run) throws Exception {
        execute("update public.rechecked set name = 'else' where id = 7");
        assertThat(messages(report(7, run), "differs"))
                .singleElement()
                .asString()
                .containsPattern("public.rechecked has the digest 1:50:\\S+ instead of 1:50:");

        execute("delete from public.rechecked where id = 7");
        assertThat(messages(report(7, run, "--digest", "none"), "differs"))
                .containsExactly(
                        "public.rechecked has 49 rows instead of 50, which it had when the run was published",
                        "public.rechecked has 49 rows instead of 50, which it had when the run was published");
    }

    private void saysThatALaterRunReplacedTheRows(String run, String later, Path part) throws Exception {
        JsonNode report = report(0, run);
        assertThat(report.path("verdict").asText()).isEqualTo("superseded");
        assertThat(report.path("supersededBy").asText()).isEqualTo(later);
        assertThat(messages(report, "holds")).contains("reads run " + later + " as the last published");
        assertThat(report(0, later).path("verdict").asText()).isEqualTo("holds");

        SharedSandbox.Call cleaned = SharedSandbox.call(
                "clean",
                "--pipeline",
                "rechecked",
                "--config",
                SharedSandbox.configWith(Map.of("clean.keep-files", "0s")).toString());
        assertThat(cleaned.exitCode()).as(cleaned.out() + cleaned.err()).isZero();
        assertThat(part).doesNotExist();
        JsonNode afterwards = report(0, run);
        assertThat(afterwards.path("verdict").asText()).isEqualTo("superseded");
        assertThat(messages(afterwards, "cleaned"))
                .hasSize(2)
                .allMatch(message -> message.contains("to delete what the run left behind (clean.keep-files)"));
    }

    @Test
    void saysWhatCannotBeSaidOfRowsAmongOthers() throws Exception {
        TestPipeline pipeline = TestPipeline.of("rechecked_more", "SELECT id::bigint FROM generate_series(1, 5) id")
                .loading("mode", "append");
        String first = run(pipeline);
        assertThat(messages(report(0, first), "unchecked"))
                .singleElement()
                .asString()
                .startsWith("after mode append the target holds rows of other runs too");

        String second = run(pipeline);

        JsonNode report = report(0, first);
        assertThat(report.path("verdict").asText()).isEqualTo("holds");
        assertThat(messages(report, "unchecked"))
                .singleElement()
                .asString()
                .startsWith("run " + second + " has published since (append): its rows were added");
        assertThat(messages(report, "holds")).contains("public.rechecked_more has its 10 rows");
        execute("delete from public.rechecked_more where id = 5");
        assertThat(messages(report(7, first), "differs"))
                .contains("public.rechecked_more has 8 rows instead of 10, which it had when run " + second
                        + " was published, the last so far");
        execute("drop table public.rechecked_more");
        assertThat(messages(report(7, second), "differs"))
                .contains("public.rechecked_more is not there any more, or cannot be seen");
    }

    private String run(TestPipeline pipeline) throws Exception {
        SharedSandbox.Call call = pipeline.call(directory);
        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        return JSON.readTree(call.out()).path("run").asText();
    }

    private static JsonNode report(int exitCode, String which, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--json");
        SharedSandbox.Call call = check(which, arguments.toArray(new String[0]));
        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(exitCode);
        return JSON.readTree(call.out());
    }

    private static SharedSandbox.Call check(String which, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "verify-certificate", which, "--config", SharedSandbox.config().toString()));
        arguments.addAll(List.of(more));
        return SharedSandbox.call(arguments.toArray(new String[0]));
    }

    private static List<String> messages(JsonNode report, String verdict) {
        List<String> messages = new ArrayList<>();
        report.path("checks").forEach(check -> {
            if (check.path("verdict").asText().equals(verdict)) {
                messages.add(check.path("message").asText());
            }
        });
        return messages;
    }

    private static void execute(String sql) throws Exception {
        try (Connection redshift = SharedSandbox.redshift()) {
            SharedSandbox.execute(redshift, sql);
        }
    }
}
