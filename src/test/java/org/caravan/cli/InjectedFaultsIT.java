package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.caravan.verify.CertificateSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Faults while a run is under way: each ends in success by trying again, or in one error with its category and exit code; the target has
 * the rows of before or those of the run, each once. {@code -Dfaults.campaign=true} makes two hundred of the forty. What the ledger's
 * database does is in {@link LedgerFaultsIT}.
 */
class InjectedFaultsIT {
    private static final String APPEND = KillPoint.MODES.get(0);

    /** Whether every publish mode runs into each fault: two hundred instead of forty. */
    private static final boolean CAMPAIGN = Boolean.getBoolean("faults.campaign");

    private static final Map<String, VersionedPipeline> PIPELINES = new TreeMap<>();
    private static int runs;

    @TempDir
    private static Path directory;

    @AfterEach
    void takeFaultsBack() throws Exception {
        for (String standIn : List.of("s3", "redshift", "databricks")) {
            SandboxFaults.of(standIn).clear();
        }
    }

    /** Where it strikes; the order; the exit code; how often steps are tried again. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "redshift | 'fault':'maintenance'                                                        | 0 | 1",
                "redshift | 'fault':'maintenance','count':3                                              | 0 | 3",
                "redshift | 'fault':'maintenance','count':99                                             | 6 | 4",
                "redshift | 'fault':'drop-before','statement':'CREATE SCHEMA'                            | 0 | 1",
                "redshift | 'fault':'drop-before','statement':' COPY '                                   | 0 | 1",
                "redshift | 'fault':'drop-during','statement':' COPY '                                   | 0 | 1",
                "redshift | 'fault':'drop-after','statement':' COPY '                                    | 0 | 1",
                "redshift | 'fault':'drop-during','statement':' COPY ','count':2                         | 0 | 2",
                "redshift | 'fault':'drop-during','statement':' COPY ','count':99                        | 6 | 4",
                "redshift | 'fault':'drop-after','statement':'pg_last_copy_count'                        | 0 | 1",
                "redshift | 'fault':'copy-token-expired'                                                 | 0 | 1",
                "redshift | 'fault':'copy-read-error'                                                    | 0 | 1",
                "redshift | 'fault':'copy-read-error','code':'SlowDown'                                  | 0 | 1",
                "redshift | 'fault':'copy-read-truncated'                                                | 0 | 1",
                "redshift | 'fault':'error','statement':' COPY ','state':'XX000','message':'S3ServiceException:Access Denied,Status 403,Error AccessDenied' | 6 | 0",
                "redshift | 'fault':'disk-full','statement':' COPY '                                     | 6 | 0",
                "redshift | 'fault':'disk-full','statement':'INSERT INTO .*public'                       | 8 | 0",
                "redshift | 'fault':'error','statement':' COPY ','state':'XX000','message':'1023 Serializable isolation violation on table' | 0 | 1",
                "redshift | 'fault':'error','statement':' COPY ','state':'42501','message':'permission denied' | 6 | 0",
                "redshift | 'fault':'error','statement':'load_ledger','state':'40001','message':'could not serialize' | 0 | 1",
                "redshift | 'fault':'error','statement':'INSERT INTO .*public','state':'40P01','message':'deadlock detected' | 0 | 1",
                "redshift | 'fault':'error','statement':'INSERT INTO .*public','state':'53300','message':'too many connections' | 0 | 1",
                "redshift | 'fault':'error','statement':'INSERT INTO .*public','state':'22003','message':'value out of range' | 8 | 0",
                "redshift | 'fault':'drop-before','statement':'step=verify'                              | 0 | 1",
                "redshift | 'fault':'drop-during','statement':'step=verify'                              | 0 | 1",
                "redshift | 'fault':'error','statement':'step=verify','state':'42501','message':'permission denied' | 7 | 0",
                "redshift | 'fault':'drop-before','statement':'LOCK TABLE .*load_ledger'                 | 0 | 1",
                "redshift | 'fault':'drop-during','statement':'INSERT INTO .*public'                     | 0 | 1",
                "redshift | 'fault':'drop-after','statement':'INSERT INTO .*load_ledger'                 | 0 | 1",
                "redshift | 'fault':'drop-before','statement':'step=publish .{0,4}ANALYZE'               | 0 | 0",
                "s3       | 'fault':'slow-down','method':'GET'                                           | 0 | 0",
                "s3       | 'fault':'internal-error','method':'HEAD'                                     | 0 | 0",
                "s3       | 'fault':'upload-cut','method':'PUT'                                          | 0 | 0",
                "s3       | 'fault':'lost-reply','method':'PUT','skip':1                                 | 0 | 0",
                "s3       | 'fault':'access-denied','method':'GET'                                       | 5 | 0",
                "s3       | 'fault':'expired-token','method':'PUT','count':99                            | 5 | 0",
                "databricks | 'fault':'unavailable','count':2                                            | 0 | 0",
                "databricks | 'fault':'too_many_requests','count':2                                      | 0 | 0",
                "databricks | 'fault':'invalid_token','count':99                                         | 7 | 0",
                "databricks | 'fault':'asleep_seconds','value':5                                         | 0 | 0"
            })
    void endsInSuccessOrInOneError(String standIn, String order, int exitCode, int retries) throws Exception {
        JsonNode report = strike(pipeline(standIn, APPEND), APPEND, standIn, order, exitCode);

        assertThat(report.path("retries").size()).as(report.toString()).isEqualTo(retries);
        if (!CAMPAIGN) {
            return;
        }
        for (String mode : KillPoint.MODES) {
            // The same statements need not be there in every mode, so that a fault may strike nothing.
            if (!mode.equals(APPEND)) {
                strike(pipeline(standIn, mode), mode, standIn, order, exitCode);
            }
        }
    }

    /** Runs into a fault: the target has the rows of the run if that says that it is done, else those of before. */
    private static JsonNode strike(VersionedPipeline pipeline, String mode, String standIn, String order, int exitCode)
            throws Exception {
        Map<String, Integer> before = pipeline.target();
        runs++;
        String version = "f" + runs;
        pipeline.version(version);
        SandboxFaults.of(standIn).order("{" + order.replace('\'', '"') + "}");

        SharedSandbox.Call call = pipeline.run();

        if (mode.equals(APPEND)) {
            assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(exitCode);
        } else {
            assertThat(call.exitCode()).as(call.out() + call.err()).isIn(ExitCode.DONE, exitCode);
        }
        JsonNode report = new ObjectMapper().readTree(call.out());
        JsonNode kept = pipeline.show(report.path("run").asText());
        assertThat(kept.path("retries")).hasSize(report.path("retries").size());
        SandboxFaults.of(standIn).clear();
        if (call.exitCode() == ExitCode.DONE) {
            JsonNode certificate = pipeline.certificate(report.path("run").asText());
            CertificateSchema.assertValid(certificate);
            assertThat(certificate.path("retries")).isEqualTo(report.path("retries"));
        } else {
            assertThat(report.path("error").path("message").asText())
                    .isNotBlank()
                    .doesNotContain("Exception: ")
                    .doesNotContain("\n");
        }
        assertThat(pipeline.target())
                .isEqualTo(call.exitCode() == ExitCode.DONE ? KillPoint.apply(mode, before, version) : before);
        return report;
    }

    /** A pipeline that has run once; one that appends would show a row that came twice. */
    private static VersionedPipeline pipeline(String standIn, String mode) throws Exception {
        VersionedPipeline.Verified verified = standIn.equals("databricks")
                ? VersionedPipeline.Verified.EVERYWHERE
                : VersionedPipeline.Verified.IN_REDSHIFT;
        String name = "faults_" + mode.replaceAll("mode=|&.*", "").replace('-', '_')
                + (standIn.equals("databricks") ? "_everywhere" : "");
        VersionedPipeline known = PIPELINES.get(name);
        if (known == null) {
            known = VersionedPipeline.make(name, mode, directory, verified)
                    .with("s3.attempts", "3")
                    .with("retry.delay", "50ms");
            PIPELINES.put(name, known);
        }
        return known;
    }
}
