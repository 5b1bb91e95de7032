package org.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Point;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Step;
import org.caravan.ledger.store.JdbcLedger;
import org.caravan.redshift.LoadLedger;
import org.caravan.redshift.Warehouse;
import org.caravan.schema.TableName;
import org.caravan.settings.RedshiftSettings;
import org.caravan.settings.Settings;
import org.caravan.stage.KeptObjects;
import org.caravan.verify.Certificate;
import org.caravan.verify.CertifiedTable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Holds a certificate against itself, its copies, Amazon S3, Redshift and Databricks as they are now; changes nothing there. Goes on
 * where something cannot be reached. Used by one thread; the connections and the ledger stay the caller's.
 */
final class CertificateCheck {
    private static final String LEDGER = "ledger";

    private final Settings settings;
    private final Connections connections;
    private final S3Client s3;
    private final JdbcLedger ledger;
    private final CertificateFiles.Reading reading;
    private final List<Point> digests;
    private final List<CertificateFinding> findings = new ArrayList<>();

    /** @param digests the engines that are asked for the digest of the target */
    CertificateCheck(
            Settings settings,
            Connections connections,
            JdbcLedger ledger,
            CertificateFiles.Reading reading,
            List<Point> digests) {
        this.settings = settings;
        this.connections = connections;
        this.s3 = connections.s3(settings);
        this.ledger = ledger;
        this.reading = reading;
        this.digests = digests;
    }

    List<CertificateFinding> check(JsonNode certificate) {
        List<CertificateFinding> ofSchema = againstSchema(certificate);
        if (!ofSchema.isEmpty()) {
            return ofSchema;
        }
        findings.addAll(CertificateFigures.check(certificate));
        copies(certificate);
        files(certificate);
        add("target", () -> target(certificate).check());
        return List.copyOf(findings);
    }

    private static List<CertificateFinding> againstSchema(JsonNode certificate) {
        try (InputStream text = Certificate.class.getResourceAsStream("certificate.schema.json")) {
            JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(text);
            return schema.validate(certificate).stream()
                    .map(problem -> CertificateFinding.differs(
                            CertificateFigures.POINT, "is not what its schema says: " + problem.getMessage()))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("The certificate's schema cannot be read", e);
        }
    }

    private void add(String point, Supplier<List<CertificateFinding>> check) {
        try {
            findings.addAll(check.get());
        } catch (CaravanException e) {
            findings.add(CertificateFinding.failed(point, e));
        } catch (IllegalArgumentException e) {
            findings.add(
                    CertificateFinding.differs(CertificateFigures.POINT, "names what cannot be: " + e.getMessage()));
        }
    }

    private KeptObjects objects(JsonNode certificate) {
        return new KeptObjects(s3, certificate.at("/files/bucket").asText());
    }

    private static RunId run(JsonNode certificate) {
        return new RunId(certificate.path("run").asText());
    }

    private void copies(JsonNode certificate) {
        add(
                LEDGER,
                () -> List.of(
                        CertificateCopies.check("the ledger", certificate, ledger.certificate(run(certificate)))));
        String manifest = certificate.at("/files/manifest").asText();
        String beside = manifest.substring(0, manifest.lastIndexOf('/') + 1) + "certificate.json";
        String bucket = "s3://" + certificate.at("/files/bucket").asText() + "/";
        if (beside.startsWith(bucket)) {
            add(
                    "files",
                    () -> List.of(CertificateCopies.check(
                            beside, certificate, objects(certificate).text(beside.substring(bucket.length())))));
        }
    }

    private void files(JsonNode certificate) {
        add("files", () -> {
            Optional<Instant> cleaned = ledger.housekeeping().claimed(run(certificate));
            return new CertificateFiles(certificate, objects(certificate), cleaned, reading).check();
        });
    }

    private CertificateTarget target(JsonNode certificate) {
        CertifiedTable table = CertifiedTable.of(
                certificate, settings.find("databricks.catalog").orElse(""));
        Warehouse warehouse = new Warehouse(
                connections.dataSource("redshift", settings),
                "redshift",
                RedshiftSettings.of(settings).statementTimeout());
        String comment = "/* caravan pipeline=" + certificate.path("pipeline").asText() + " run="
                + certificate.path("run").asText() + " step=" + Step.VERIFY.label() + " */ ";
        Map<Point, Inquiry> engines = Map.of(
                Point.REDSHIFT,
                new Inquiry(
                        warehouse.dataSource(),
                        "redshift",
                        List.of(
                                "SET timezone TO 'UTC'",
                                "SET query_group TO 'caravan'",
                                "SET statement_timeout TO "
                                        + warehouse.statementTimeout().toMillis()),
                        comment),
                Point.DATABRICKS,
                new Inquiry(connections.dataSource("databricks", settings), "databricks", List.of(), comment));
        LoadLedger loadLedger = new LoadLedger(warehouse, stagingSchema(certificate));
        return new CertificateTarget(certificate, table, loadLedger, engines, digests);
    }

    /** The schema of the staging table, where the load ledger is too. */
    private String stagingSchema(JsonNode certificate) {
        for (JsonNode verification : certificate.path("verifications")) {
            if (!verification.path("published").asBoolean()) {
                TableName staging =
                        CertifiedTable.name(verification.path("table").asText());
                return staging.schema();
            }
        }
        return RedshiftSettings.of(settings).stagingSchema();
    }
}
