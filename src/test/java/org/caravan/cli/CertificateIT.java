package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.caravan.verify.CertificateSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each run that ended well leaves a certificate beside its parts and in the ledger. */
class CertificateIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SQL = "SELECT id::bigint, ('name ' || id)::varchar(20) AS name,"
            + " (id / 7.0)::numeric(12,4) AS amount, timestamptz '2026-03-29 00:30:00+00' AS seen"
            + " FROM generate_series(1, 50) id";

    @TempDir
    private Path directory;

    @AfterEach
    void clear() throws Exception {
        SandboxFaults.of("s3").clear();
    }

    @Test
    void provesTheRunBesideItsPartsAndInTheLedger() throws Exception {
        JsonNode report = TestPipeline.of("certified", SQL).run(directory, 50, 4);
        String run = report.path("run").asText();

        SharedSandbox.Call shown = show(run, "--certificate");

        assertThat(shown.exitCode()).as(shown.err()).isZero();
        JsonNode certificate = JSON.readTree(shown.out());
        CertificateSchema.assertValid(certificate);
        Path beside = SharedSandbox.bucket()
                .resolve(certificate.at("/files/parts/0/key").asText())
                .resolveSibling("certificate.json");
        assertThat(JSON.readTree(beside.toFile())).isEqualTo(certificate);
        assertThat(certificate.path("notProven")).isEmpty();
        for (String point : List.of("source", "files", "copied", "redshift", "databricks")) {
            assertThat(certificate.path("rows").path(point).asLong()).as(point).isEqualTo(50);
        }
        assertThat(certificate.path("digests"))
                .extracting(digest -> digest.path("computedBy").asText() + " "
                        + digest.path("digest").asText())
                .containsExactlyInAnyOrder(
                        "caravan " + report.at("/digests/files").asText(),
                        "redshift " + report.at("/digests/files").asText(),
                        "databricks " + report.at("/digests/files").asText());
        assertThat(certificate.path("columns"))
                .extracting(column -> column.path("types").toString())
                .contains("{\"source\":\"timestamptz\",\"file\":\"INT64 TIMESTAMP(MICROS, UTC)\","
                        + "\"staging\":\"TIMESTAMP\",\"target\":\"TIMESTAMPTZ\"}");
        assertThat(certificate.path("verifications")).hasSize(4).allSatisfy(verification -> {
            assertThat(verification.path("statements")).isNotEmpty();
            assertThat(verification.path("compared")).hasToString("[\"rows\",\"values\",\"digest\"]");
        });
        assertThat(certificate.path("fresh").asBoolean()).isTrue();
        assertThat(certificate.path("versions")).extracting(JsonNode::asText).anySatisfy(version -> assertThat(version)
                .contains("PostgreSQL JDBC Driver"));
        assertThat(certificate.at("/copy/query").asLong()).isPositive();
        assertThat(certificate.at("/files/parts/0/etag").asText()).isNotEmpty();
        assertThat(show(run).out())
                .contains("certificate")
                .contains("in databricks")
                .contains("every value by digest")
                .doesNotContain("not proven");
    }

    @Test
    void isNotGreenWithoutItsCertificateAlthoughTheRowsAreThere() throws Exception {
        SandboxFaults.of("s3")
                .order(
                        "{\"fault\":\"access-denied\",\"method\":\"PUT\",\"key\":\"caravan/uncertified/\",\"count\":9,\"skip\":2}");

        SharedSandbox.Call call = TestPipeline.of("uncertified", SQL).call(directory);

        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(5);
        JsonNode report = JSON.readTree(call.out());
        assertThat(report.at("/error/message").asText())
                .contains("has no certificate")
                .contains("Its rows are published, in public.uncertified");
        try (Connection redshift = SharedSandbox.redshift()) {
            assertThat(SharedSandbox.query(redshift, "select count(*) from public.uncertified"))
                    .containsExactly(List.of("50"));
        }
        SharedSandbox.Call shown = show(report.path("run").asText(), "--certificate");
        assertThat(shown.exitCode()).isEqualTo(2);
        assertThat(shown.err()).contains("has no certificate");
    }

    private SharedSandbox.Call show(String run, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("show", run, "--config", SharedSandbox.config().toString()));
        arguments.addAll(List.of(more));
        return SharedSandbox.call(arguments.toArray(new String[0]));
    }
}
