package org.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Evidence;
import org.caravan.ledger.Increment;
import org.caravan.ledger.Point;
import org.caravan.ledger.Proof;
import org.caravan.ledger.PublishedRows;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunParameters;
import org.caravan.ledger.Scope;
import org.caravan.ledger.Sha256;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Step;
import org.caravan.ledger.StoredObject;
import org.caravan.ledger.Verification;
import org.caravan.ledger.Warning;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CertificateTest {
    private static final Instant STARTED = Instant.parse("2026-11-29T06:00:00.123Z");
    private static final TableName STAGING = new TableName("caravan_staging", "customers__1");
    private static final TableName TARGET = new TableName("public", "customers");

    private final Run run = new Run(RunId.at(STARTED), "customers", STARTED);

    @BeforeEach
    void runs() {
        Columns columns = new Columns(List.of(
                new Column("id", new ColumnType.Int(Long.BYTES), false),
                new Column("name", new ColumnType.Text(20), true)));
        run.begin(Step.EXTRACT);
        run.setQuery("SELECT 1");
        run.setColumns(columns);
        run.addAlteration("name", "onOverflow=truncate");
        run.addPart(new StagedPart(1, "caravan/customers/1/part-00001.parquet", 2, 100, 0xffL));
        run.setManifest("s3://landing/caravan/customers/1/manifest.json");
        for (Point point : Point.values()) {
            run.count(point, 2);
        }
        run.digest(Point.FILES, "1:2:a:b");
        run.digest(Point.REDSHIFT, "1:2:a:b");
        run.setPublished(TARGET);
        run.setTable(TARGET, columns);
        run.proof().setTypes(Proof.Place.SOURCE, List.of("int8", "text"));
        run.proof()
                .setPublication(
                        new PublishedRows("replace", TARGET.toString(), OptionalLong.of(7), false, 2, 0, 1, 2), true);
        for (TableName table : List.of(STAGING, TARGET)) {
            run.proof().verified(verification(table, Point.REDSHIFT, Optional.of("1:2:a:b"), new Scope.Whole()));
            run.proof().verified(verification(table, Point.DATABRICKS, Optional.of("1:2:a:b"), new Scope.Whole()));
        }
    }

    @Test
    void isWhatItsSchemaSays() {
        run.parameters()
                .setIncrement(new Increment(
                        "updated_at",
                        Optional.of("updated_at"),
                        "timestamptz",
                        "2026-11-29T05:50Z",
                        "2026-11-29T06:00Z",
                        Increment.Overlap.SOME,
                        Increment.Modes.SAFE));
        run.proof().setCopyQuery(4711);
        run.proof()
                .stored(
                        "caravan/customers/1/part-00001.parquet",
                        new StoredObject(Optional.of("\"e\""), Optional.of("v1"), true));

        ObjectNode certificate = certificate();

        CertificateSchema.assertValid(certificate);
        assertThat(certificate.path("copy").path("query").asLong()).isEqualTo(4711);
        assertThat(certificate.at("/files/parts/0/crc32").asText()).isEqualTo("000000ff");
        assertThat(certificate.at("/files/parts/0/version").asText()).isEqualTo("v1");
        assertThat(certificate.at("/columns/1/altered/onOverflow=truncate").asLong())
                .isEqualTo(1);
        assertThat(certificate.at("/columns/0/types/source").asText()).isEqualTo("int8");
        assertThat(certificate.at("/digests/0/computedBy").asText()).isEqualTo("caravan");
        assertThat(certificate.at("/publication/transaction").asLong()).isEqualTo(7);
        assertThat(certificate.at("/verifications/0/published").asBoolean()).isFalse();
        assertThat(certificate.at("/verifications/2/published").asBoolean()).isTrue();
        assertThat(certificate.at("/increment/below").asText()).isEqualTo("2026-11-29T06:00Z");
        assertThat(certificate.path("notProven")).isEmpty();
        assertThat(certificate.path("warnings")).isEmpty();
    }

    @Test
    void isRefusedByItsSchemaIfAFigureIsMissing() {
        ObjectNode certificate = certificate();
        ((ObjectNode) certificate.path("rows")).remove("copied");

        assertThat(CertificateSchema.schema().validate(certificate)).hasSize(1);
    }

    @Test
    void saysThatNoVerificationWasAskedFor() {
        run.proof()
                .setPublication(
                        new PublishedRows("append", TARGET.toString(), OptionalLong.empty(), false, 2, 0, 0, 9), false);

        assertThat(notProven())
                .containsExactly(
                        "The route says verify=none: the publication asked for no verification of the staging table.");
        CertificateSchema.assertValid(certificate());
    }

    @Test
    void saysWhatWasNotVerified() {
        Run other = new Run(RunId.at(STARTED), "customers", STARTED);
        other.proof().verified(verification(STAGING, Point.REDSHIFT, Optional.empty(), new Scope.Whole()));

        assertThat(NotProven.of(other))
                .satisfiesExactly(
                        open -> assertThat(open).startsWith("No digest of the staging table was asked of redshift"),
                        open -> assertThat(open).isEqualTo("The staging table was not verified in databricks."),
                        open -> assertThat(open).isEqualTo("The target was not verified in redshift."),
                        open -> assertThat(open).isEqualTo("The target was not verified in databricks."));
    }

    @Test
    void saysThatAnAppendedRowCannotBeToldFromOthers() {
        run.setTable(TARGET, run.columns().orElseThrow(), new Scope.Total(9));

        assertThat(notProven()).singleElement().asString().contains("they cannot be told from the others there");
    }

    @Test
    void saysWithWhatParametersAndNotWhatIsSecret() {
        run.parameters().add(new RunParameters.Parameter("runDate", "date", "2026-11-29"));
        run.parameters().add(new RunParameters.Parameter("apiToken", "text", "c4n4ry"));
        run.warnings().add(new Warning("guard", "the source said password=c4n4ry; go on"));

        ObjectNode certificate = certificate();

        CertificateSchema.assertValid(certificate);
        assertThat(certificate.path("parameters"))
                .hasToString("[{\"name\":\"runDate\",\"type\":\"date\",\"value\":\"2026-11-29\"},"
                        + "{\"name\":\"apiToken\",\"type\":\"text\",\"value\":\"***\"}]");
        assertThat(certificate.at("/warnings/0/message").asText()).isEqualTo("the source said password=***; go on");
        assertThat(certificate.toString()).doesNotContain("c4n4ry");
    }

    @Test
    void doesNotCallCountingAComparisonOfValues() {
        Run other = new Run(RunId.at(STARTED), "customers", STARTED);
        other.proof()
                .verified(verification(
                        STAGING, Point.REDSHIFT, Optional.empty(), new Scope.Whole(), Set.of(Evidence.Compared.ROWS)));

        assertThat(NotProven.of(other))
                .contains(
                        "No value of the staging table was compared in redshift (verify.compare, verify.digest): its rows"
                                + " were counted.");
    }

    @Test
    void neverLooksLikeAFullComparisonWhereASampleWasCompared() {
        Run sampled = new Run(RunId.at(STARTED), "customers", STARTED);
        Set<Evidence.Compared> compared =
                Set.of(Evidence.Compared.ROWS, Evidence.Compared.VALUES, Evidence.Compared.SAMPLE);
        sampled.proof()
                .verified(verification(
                        STAGING, Point.REDSHIFT, Optional.of("1:1/100:1:a:b"), new Scope.Whole(), compared));

        assertThat(NotProven.of(sampled))
                .contains(
                        "The digest of the staging table in redshift is of a sample of the rows, 1/100 (verify.sample): of"
                                + " the others only counts, NULLs, extremes and sums of each column were compared.");

        run.digest(Point.FILES, "1:1/100:1:a:b");
        run.proof()
                .verified(verification(
                        TARGET, Point.REDSHIFT, Optional.of("1:1/100:1:a:b"), new Scope.Whole(), compared));
        ObjectNode certificate = certificate();

        CertificateSchema.assertValid(certificate);
        assertThat(certificate.at("/digests/0/sampled").asText()).isEqualTo("1/100");
        assertThat(certificate.at("/digests/1").has("sampled")).isFalse();
        assertThat(certificate.at("/verifications/4/sampled").asText()).isEqualTo("1/100");
        assertThat(certificate.at("/verifications/4/compared")).hasToString("[\"rows\",\"values\",\"sample\"]");
    }

    @Test
    void tellsWhichStepsWereTriedAgain() {
        assertThat(certificate().path("retries").isArray()).isTrue();
        assertThat(certificate().path("retries")).isEmpty();
        run.recovery().retries().call(Step.LOAD, attempt -> {
            if (attempt == 1) {
                throw new CaravanException(Category.LOAD, "lost", new SQLException("lost", "08006"));
            }
            return attempt;
        });

        ObjectNode certificate = certificate();
        CertificateSchema.assertValid(certificate);
        assertThat(certificate.path("retries")).singleElement().satisfies(retry -> {
            assertThat(retry.path("step").asText()).isEqualTo("load");
            assertThat(retry.path("attempt").asInt()).isEqualTo(1);
            assertThat(retry.path("fault").asText())
                    .isEqualTo(run.recovery().retries().retried().get(0).fault());
            assertThat(retry.path("waited").asDouble()).isPositive();
        });
    }

    @Test
    void saysThatNobodyAskedWhetherDatabricksReadsTheRunAsTheLast() {
        run.proof().evidence().published(new TableName("caravan_staging", "customers__load_ledger"), false);

        assertThat(certificate().path("fresh").asBoolean(true)).isFalse();
        assertThat(notProven())
                .containsExactly("That Databricks reads this run as the last that was published was not asked.");
    }

    private List<String> notProven() {
        return NotProven.of(run);
    }

    private ObjectNode certificate() {
        return Certificate.of(run, "landing", STARTED.plusSeconds(60));
    }

    private static Verification verification(TableName table, Point engine, Optional<String> digest, Scope scope) {
        return verification(table, engine, digest, scope, Set.of(Evidence.Compared.ROWS, Evidence.Compared.VALUES));
    }

    private static Verification verification(
            TableName table, Point engine, Optional<String> digest, Scope scope, Set<Evidence.Compared> compared) {
        return new Verification(
                table,
                engine,
                table.equals(TARGET),
                STARTED.plusSeconds(30),
                scope,
                compared,
                2,
                digest,
                List.of(),
                List.of(new Verification.Asked(
                        Sha256.of("SELECT 1"), Point.REDSHIFT, "Redshift reads the table once")));
    }
}
