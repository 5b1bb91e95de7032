package org.caravan.redshift;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.RunId;
import org.caravan.ledger.SqlFailures;
import org.caravan.ledger.Step;
import org.caravan.schema.TableName;

/**
 * The load ledger of a pipeline: a small table in the staging schema of Redshift that says which runs were published. A row is
 * committed with the rows of its run, so that it is there if and only if they are. Each publication locks it first, so that one of
 * the pipeline is under way at a time, and pipelines never wait for each other. Thread-safe: each call has a session of its own.
 */
public final class LoadLedger {
    /** The end of the table's name, behind the pipeline's. */
    static final String SUFFIX = "__load_ledger";

    private static final String NO_SUCH_TABLE = "42P01";
    private static final String NO_SUCH_SCHEMA = "3F000";
    private static final String COLUMNS = "run_id, token, mode, target, rows_inserted, rows_updated, rows_deleted,"
            + " rows_after, digest, watermark, published_at, caravan_version";

    private final Warehouse warehouse;
    private final String stagingSchema;

    public LoadLedger(Warehouse warehouse, String stagingSchema) {
        this.warehouse = requireNonNull(warehouse, "warehouse");
        this.stagingSchema = requireNonNull(stagingSchema, "stagingSchema");
    }

    /**
     * Whether a run is published, asked under the lock of its pipeline's publications: a COMMIT whose reply was lost has ended by
     * then. Empty also if the pipeline has no load ledger yet.
     *
     * @throws CaravanException if Redshift cannot be asked
     */
    public Optional<Publication> published(String pipeline, RunId run) {
        TableName table = table(stagingSchema, pipeline);
        String comment = "/* caravan pipeline=" + pipeline + " run=" + run + " step=publish */ ";
        try (Session session = Session.open(warehouse, comment, Step.PUBLISH)) {
            try {
                session.execute(lock(table));
                Optional<Publication> found = find(session, table, run);
                session.rollback();
                return found;
            } catch (SQLException e) {
                String state = SqlFailures.root(e).getSQLState();
                if (NO_SUCH_TABLE.equals(state) || NO_SUCH_SCHEMA.equals(state)) {
                    return Optional.empty();
                }
                throw session.failure(
                        Category.PUBLISH,
                        "Asking the load ledger " + table + " whether run " + run + " is published",
                        e);
            }
        }
    }

    /** The table of a pipeline. No staging table has such a name: theirs end in a run id. */
    static TableName table(String stagingSchema, String pipeline) {
        return new TableName(stagingSchema, pipeline + SUFFIX);
    }

    static String creation(TableName table) {
        return "CREATE TABLE IF NOT EXISTS " + RedshiftSql.quoted(table)
                + " (run_id VARCHAR(64) NOT NULL, token BIGINT, mode VARCHAR(32) NOT NULL, target VARCHAR(300) NOT NULL,"
                + " rows_inserted BIGINT NOT NULL, rows_updated BIGINT NOT NULL, rows_deleted BIGINT NOT NULL,"
                + " rows_after BIGINT NOT NULL, digest VARCHAR(16384), watermark VARCHAR(16384),"
                + " published_at TIMESTAMP NOT NULL, caravan_version VARCHAR(64)) DISTSTYLE ALL";
    }

    /** To be the first statement of a transaction: a snapshot is taken by the first that reads. */
    static String lock(TableName table) {
        return "LOCK TABLE " + RedshiftSql.quoted(table);
    }

    static String select(TableName table, RunId run) {
        return "SELECT " + COLUMNS + " FROM " + RedshiftSql.quoted(table) + " WHERE run_id = "
                + RedshiftSql.literal(run.value());
    }

    /** The newest publication by a run whose lock is not older. */
    private static String overtaking(TableName table, long token) {
        return "SELECT " + COLUMNS + " FROM " + RedshiftSql.quoted(table) + " WHERE token >= " + token
                + " ORDER BY token DESC LIMIT 1";
    }

    /**
     * Looks for a run, under the lock; refuses one that was overtaken.
     *
     * @return the run's publication, if it has been published already
     */
    static Optional<Publication> find(Script script, TableName table, RunId run, OptionalLong token)
            throws SQLException {
        List<Map<String, Object>> own = script.rows(select(table, run));
        if (!own.isEmpty()) {
            return Optional.of(publication(own.get(0)));
        }
        if (token.isPresent()) {
            for (Map<String, Object> row : script.rows(overtaking(table, token.getAsLong()))) {
                throw new CaravanException(
                        Category.PUBLISH,
                        "Run " + run + " (token " + token.getAsLong() + ") is not published: run " + row.get("run_id")
                                + " (token " + row.get("token") + ") overtook it and was published to "
                                + row.get("target") + " at " + row.get("published_at")
                                + " UTC. Nothing has changed; the lock of this run was given away while it paused.");
            }
        }
        return Optional.empty();
    }

    /** Looks for a run, under the lock. */
    static Optional<Publication> find(Session session, TableName table, RunId run) throws SQLException {
        return session.rows(select(table, run)).stream()
                .map(LoadLedger::publication)
                .findFirst();
    }

    static String insertion(TableName table, Publication publication) {
        return "INSERT INTO " + RedshiftSql.quoted(table) + " (" + COLUMNS + ") VALUES ("
                + RedshiftSql.literal(publication.run()) + ", "
                + (publication.token().isPresent()
                        ? Long.toString(publication.token().getAsLong())
                        : "NULL")
                + ", " + RedshiftSql.literal(publication.mode()) + ", " + RedshiftSql.literal(publication.target())
                + ", " + publication.inserted() + ", " + publication.updated() + ", " + publication.deleted() + ", "
                + publication.rowsAfter() + ", " + text(publication.digest()) + ", " + text(publication.watermark())
                + ", GETDATE(), " + text(Version.current()) + ")";
    }

    private static String text(Optional<String> text) {
        return text.map(RedshiftSql::literal).orElse("NULL");
    }

    private static Publication publication(Map<String, Object> row) {
        return new Publication(
                String.valueOf(row.get("run_id")),
                row.get("token") == null ? OptionalLong.empty() : OptionalLong.of(number(row, "token")),
                String.valueOf(row.get("mode")),
                String.valueOf(row.get("target")),
                number(row, "rows_inserted"),
                number(row, "rows_updated"),
                number(row, "rows_deleted"),
                number(row, "rows_after"),
                Optional.ofNullable(row.get("digest")).map(String::valueOf),
                Optional.ofNullable(row.get("watermark")).map(String::valueOf));
    }

    private static long number(Map<String, Object> row, String column) {
        return Long.parseLong(String.valueOf(row.get(column)));
    }
}
