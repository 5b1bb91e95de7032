package org.caravan.verify;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.caravan.ledger.Planned;
import org.caravan.ledger.Point;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.caravan.schema.TypeNames;
import org.caravan.verify.digest.DigestAnswers;
import org.caravan.verify.digest.Sample;

/**
 * The target table of a certificate: the questions that a run's verification asked of it, to be asked again, and how to read the
 * answers. Connects to nothing. Immutable.
 */
public final class CertifiedTable {
    private final TableName name;
    private final Columns columns;
    private final String catalog;

    private CertifiedTable(TableName name, Columns columns, String catalog) {
        this.name = name;
        this.columns = columns;
        this.catalog = catalog;
    }

    /**
     * The target that a certificate names.
     *
     * @param certificate one that its schema allows
     * @param catalog the foreign catalog in which Databricks sees the table
     * @throws IllegalArgumentException if the certificate names a table or a type that Redshift cannot have
     */
    public static CertifiedTable of(JsonNode certificate, String catalog) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : certificate.path("columns")) {
            columns.add(new Column(
                    column.path("name").asText(),
                    type(column.at("/types/target").asText()),
                    true));
        }
        return new CertifiedTable(
                name(certificate.at("/publication/target").asText()),
                new Columns(columns),
                requireNonNull(catalog, "catalog"));
    }

    /** A table by its text, which has the schema before the first dot. */
    public static TableName name(String text) {
        String[] parts = text.split("\\.", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("'" + text + "' is no table in a schema");
        }
        return new TableName(parts[0], parts[1]);
    }

    /** The type that Redshift has under a name. */
    private static ColumnType type(String redshift) {
        return TypeNames.parse(redshift.replaceFirst("^VARCHAR", "text")
                .replaceFirst("^VARBYTE", "binary")
                .toLowerCase(Locale.ROOT));
    }

    public TableName name() {
        return name;
    }

    /** Asks how many rows there are. */
    public String count(Point engine) {
        return SummarySql.count("", from(engine));
    }

    /** Asks for NULLs, extremes and sums. */
    public List<String> values(Point engine) {
        return new SummarySql(engine(engine), "", from(engine)).statements(columns);
    }

    /** Asks for the digest of all values or of a sample of the rows, each question with who reads the table for it. */
    public List<Planned> digest(Point engine, Sample sample) {
        Engine asked = engine(engine);
        return asked.digestSql(sample).statements("", from(engine), columns).stream()
                .map(sql -> new Planned(sql, asked.effortOfDigest(sample)))
                .toList();
    }

    /** Asks which run a load ledger names as the last. */
    public String lastRun(Point engine, TableName loadLedger) {
        return Freshness.lastRun(engine(engine), catalog, loadLedger);
    }

    private static Engine engine(Point engine) {
        return engine == Point.REDSHIFT ? Engine.REDSHIFT : Engine.DATABRICKS;
    }

    private String from(Point engine) {
        return new ScopeSql(engine(engine), catalog).name(name);
    }

    /** Reads the answer to {@link #count}. */
    public long readCount(List<Map<String, Object>> answers) {
        return SummaryRows.count(answers);
    }

    /** Reads the answers to {@link #digest}. */
    public String readDigest(Sample sample, List<Map<String, Object>> answers) {
        return DigestAnswers.read(columns, sample, answers).toString();
    }

    /** Where Databricks' answers to {@link #values} differ from Redshift's; each with both. */
    public List<String> differences(List<Map<String, Object>> redshift, List<Map<String, Object>> databricks) {
        return new SummaryRows(columns, databricks)
                .facts()
                .differencesFrom(new SummaryRows(columns, redshift).facts(), " in redshift", " as databricks reads it");
    }
}
