package org.caravan.redshift;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.ledger.Category;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Step;
import org.caravan.schema.TableName;

/** The tables of the staging schema, and whose each is. Thread-safe: each call has a session of its own. */
public final class StagingTables {
    private static final String COMMENT = "/* caravan clean */ ";
    private static final Pattern OF_A_RUN = Pattern.compile("(.+?)__([0-9]{8}t[0-9]{9}_[0-9a-z]{5})(?:_.*)?");

    private final Warehouse warehouse;
    private final String schema;

    public StagingTables(Warehouse warehouse, String schema) {
        this.warehouse = requireNonNull(warehouse, "warehouse");
        this.schema = requireNonNull(schema, "schema");
    }

    /** The run that a table's name says it is of; immutable. */
    public record Owner(String pipeline, RunId run) {}

    /** Whose a table is, by its name: {@code <pipeline>__<run id>}, perhaps with more behind it. */
    public static Optional<Owner> owner(TableName table) {
        Matcher name = OF_A_RUN.matcher(table.table());
        return name.matches() ? Optional.of(new Owner(name.group(1), new RunId(name.group(2)))) : Optional.empty();
    }

    /** Whether a table is the load ledger of some pipeline, which is never dropped. */
    public static boolean isLoadLedger(TableName table) {
        return table.table().endsWith(LoadLedger.SUFFIX);
    }

    /**
     * The tables of the schema by name; none if there is no such schema.
     *
     * @throws org.caravan.ledger.CaravanException if Redshift cannot be asked
     */
    public List<TableName> list() {
        try (Session session = Session.open(warehouse, COMMENT, Step.LOAD)) {
            try {
                return session
                        .rows("SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                                + " WHERE n.nspname = " + RedshiftSql.literal(schema)
                                + " AND c.relkind = 'r' ORDER BY 1")
                        .stream()
                        .map(row -> new TableName(schema, String.valueOf(row.get("name"))))
                        .toList();
            } catch (SQLException e) {
                throw session.failure(Category.LOAD, "Listing the tables of the schema " + schema, e);
            }
        }
    }

    /**
     * Drops a table of the schema, if it is there.
     *
     * @param wait how long those who read it are waited for
     * @throws org.caravan.ledger.CaravanException if Redshift refuses, for instance because a view was made on it
     */
    public void drop(TableName table, Duration wait) {
        try (Session session = Session.open(warehouse, COMMENT, Step.LOAD)) {
            try {
                session.execute(Session.timeout(wait));
                Publisher.dropStaging(session, table);
            } catch (SQLException e) {
                throw session.failure(Category.LOAD, "Dropping the staging table " + table, e);
            }
        }
    }
}
