package org.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.spi.Registry;
import org.caravan.ledger.Category;
import org.caravan.ledger.RunId;
import org.caravan.ledger.SqlFailures;
import org.caravan.ledger.TableDigest;
import org.caravan.redshift.LoadLedger;
import org.caravan.redshift.Publication;
import org.caravan.redshift.Warehouse;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;
import org.caravan.schema.TypeNames;
import software.amazon.awssdk.services.s3.S3Client;

/** Holds what a certificate says against what S3, Redshift and Databricks say now; changes nothing. */
final class CertificateCheck {
    private final Settings settings;
    private final Registry registry;
    private final S3Client s3;
    private final JsonNode certificate;
    private final List<Line> lines = new ArrayList<>();

    enum Verdict {
        OK,
        DIFFERS,
        SUPERSEDED,
        UNCHECKED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One thing that was checked. */
    record Line(Verdict verdict, String subject, String message) {}

    CertificateCheck(Settings settings, Registry registry, S3Client s3, JsonNode certificate) {
        this.settings = settings;
        this.registry = registry;
        this.s3 = s3;
        this.certificate = certificate;
    }

    List<Line> lines() {
        lines.addAll(new CertificateFiles(s3, certificate).lines());
        String run = certificate.path("run").asText();
        String target = certificate.at("/publication/target").asText();
        Optional<Publication> latest = latest(run);
        if (latest.isEmpty()) {
            return List.copyOf(lines);
        }
        if (!latest.get().run().equals(run)) {
            String later = "run " + latest.get().run() + " was published after it";
            add(Verdict.SUPERSEDED, "rows of " + target, later + "; what is there now is not compared");
            return List.copyOf(lines);
        }
        count("redshift", "\"", "");
        count("databricks", "`", "`" + settings.find("databricks.catalog").orElse("") + "`.");
        digest();
        return List.copyOf(lines);
    }

    private void add(Verdict verdict, String subject, String message) {
        lines.add(new Line(verdict, subject, message));
    }

    /** The last publication of the pipeline, if its load ledger has this run. */
    private Optional<Publication> latest(String run) {
        String subject = "load ledger";
        for (JsonNode verification : certificate.path("verifications")) {
            if (!verification.path("published").asBoolean()) {
                String schema = verification.path("table").asText().split("\\.", 2)[0];
                LoadLedger ledger =
                        new LoadLedger(new Warehouse(dataSource("redshift"), "redshift", Duration.ZERO), schema);
                String pipeline = certificate.path("pipeline").asText();
                Optional<Publication> own = ledger.published(pipeline, new RunId(run));
                if (own.isEmpty()) {
                    add(Verdict.DIFFERS, subject, "Redshift does not know that run " + run + " was published");
                    return Optional.empty();
                }
                long after = certificate.at("/publication/rowsAfter").asLong();
                compare(subject, after, own.get().rowsAfter());
                return ledger.latest(pipeline);
            }
        }
        add(Verdict.UNCHECKED, subject, "the certificate names no staging table");
        return Optional.empty();
    }

    private void compare(String subject, long said, long found) {
        add(
                said == found ? Verdict.OK : Verdict.DIFFERS,
                subject,
                said == found
                        ? Summary.count(found) + " rows"
                        : Summary.count(found) + " rows instead of " + Summary.count(said));
    }

    private String target(String quote, String before) {
        String[] name = certificate.at("/publication/target").asText().split("\\.", 2);
        return before + quote + name[0] + quote + "." + quote + name[1] + quote;
    }

    private void count(String engine, String quote, String before) {
        List<Map<String, Object>> rows = ask(engine, "SELECT COUNT(*) AS n FROM " + target(quote, before));
        compare(
                "rows in " + engine,
                certificate.at("/publication/rowsAfter").asLong(),
                Long.parseLong(String.valueOf(rows.get(0).get("n"))));
    }

    private void digest() {
        String mode = certificate.at("/publication/mode").asText();
        Optional<String> said = said();
        if (said.isEmpty() || !List.of("replace", "swap").contains(mode)) {
            add(
                    Verdict.UNCHECKED,
                    "digest in redshift",
                    said.isEmpty()
                            ? "the certificate has none"
                            : "after mode " + mode + " the target holds rows of other runs too");
            return;
        }
        Columns columns = columns();
        TableDigest digest = TableDigest.inRedshift();
        List<Map<String, Object>> answers = new ArrayList<>();
        digest.statements(target("\"", ""), columns).forEach(sql -> answers.addAll(ask("redshift", sql)));
        String found = digest.read(columns, answers);
        add(
                found.equals(said.get()) ? Verdict.OK : Verdict.DIFFERS,
                "digest in redshift",
                found.equals(said.get()) ? found : found + " instead of " + said.get());
    }

    /** The digest that Redshift found in the target, if it was asked for. */
    private Optional<String> said() {
        Optional<String> digest = Optional.empty();
        for (JsonNode one : certificate.path("verifications")) {
            boolean redshift = one.path("engine").asText().equals("redshift");
            if (redshift && one.path("published").asBoolean() && one.has("digest")) {
                digest = Optional.of(one.path("digest").asText());
            }
        }
        return digest;
    }

    private Columns columns() {
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : certificate.path("columns")) {
            String type = column.at("/types/target").asText();
            columns.add(new Column(
                    column.path("name").asText(),
                    TypeNames.parse(type.replace("VARCHAR", "text").replace("VARBYTE", "binary")),
                    true));
        }
        return new Columns(columns);
    }

    private DataSource dataSource(String name) {
        return Optional.ofNullable(registry.lookupByNameAndType(name, DataSource.class))
                .orElseThrow(() -> new org.caravan.ledger.CaravanException(
                        Category.CONFIG, "The data source '" + name + "' is not defined: set " + name + ".url."));
    }

    private List<Map<String, Object>> ask(String name, String sql) {
        try (Connection connection = dataSource(name).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Map<String, Object>> found = new ArrayList<>();
            while (rows.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.put(rows.getMetaData().getColumnLabel(i), rows.getString(i));
                }
                found.add(row);
            }
            return found;
        } catch (SQLException e) {
            throw SqlFailures.of(Category.VERIFY, name, "Asking " + name + " what the target holds", e);
        }
    }
}
