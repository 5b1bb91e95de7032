package org.caravan.redshift;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.SqlFailures;
import org.caravan.ledger.Step;
import org.caravan.schema.TableName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The staging tables of runs: their names, and how they go. Each attempt to load has one of its own, since a COPY whose connection
 * was lost may still be writing the one before. Stateless.
 */
final class RunTables {
    private static final Logger LOG = LoggerFactory.getLogger(RunTables.class);
    private static final String NO_SUCH_TABLE = "42P01";
    private static final String NO_SUCH_SCHEMA = "3F000";

    /** How long the end of a run waits for a table that a lost COPY still writes; the next run drops it. */
    private static final Duration DROP_WAIT = Duration.ofSeconds(10);

    private RunTables() {}

    /**
     * The table of an attempt: {@code pipeline__run}; of a later one, {@code pipeline__run_token_attempt}. A run that goes on has had
     * an attempt before, whose transaction may still be under way.
     */
    static TableName of(String stagingSchema, Run run, int attempt) {
        boolean first = attempt == 1 && run.recovery().resumption().isEmpty();
        String later = first ? "" : "_" + run.token().orElse(0) + "_" + attempt;
        return new TableName(stagingSchema, prefix(run.pipeline(), run.id()) + later);
    }

    private static String prefix(String pipeline, RunId run) {
        return pipeline + "__" + run;
    }

    /** Drops a table when its run is over. One that stays is known to the ledger by its run, and dropped by the next. */
    static void dropWhenOver(Warehouse warehouse, Run run, TableName staging) {
        run.recovery().remains().add(staging);
        run.onClose(() -> {
            try (Session session = Session.open(warehouse, run, Step.LOAD)) {
                session.execute(Session.timeout(DROP_WAIT));
                Publisher.dropStaging(session, staging);
                run.recovery().remains().remove(staging);
            } catch (SQLException | CaravanException e) {
                LOG.warn(
                        "{} run {}: the staging table {} is left behind until the pipeline's next run: {}",
                        run.pipeline(),
                        run.id(),
                        staging,
                        e.getMessage());
            }
        });
    }

    /**
     * Decides about a run that is over: under the lock of its pipeline's publications, so that a COMMIT whose reply was lost has ended,
     * asks whether it was published, and drops its staging tables, without which it cannot be published any more.
     */
    static Optional<Publication> settle(
            Session session, String stagingSchema, String pipeline, RunId over, Duration lockWait) {
        TableName loadLedger = LoadLedger.table(stagingSchema, pipeline);
        try {
            session.execute(Session.timeout(lockWait));
            session.execute(LoadLedger.lock(loadLedger));
            Optional<Publication> publication = LoadLedger.find(session, loadLedger, over);
            for (String table : left(session, stagingSchema, prefix(pipeline, over))) {
                session.execute("DROP TABLE IF EXISTS " + RedshiftSql.quoted(new TableName(stagingSchema, table)));
            }
            session.commit();
            return publication;
        } catch (SQLException e) {
            String state = SqlFailures.root(e).getSQLState();
            if (NO_SUCH_TABLE.equals(state) || NO_SUCH_SCHEMA.equals(state)) {
                // The load ledger is made with the pipeline's first staging table.
                return Optional.empty();
            }
            throw session.failure(
                    Category.PUBLISH,
                    "Asking the load ledger " + loadLedger + " whether run " + over
                            + " is published, and dropping its staging tables",
                    e);
        }
    }

    private static List<String> left(Session session, String schema, String prefix) throws SQLException {
        return session
                .rows("SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = " + RedshiftSql.literal(schema) + " AND LEFT(c.relname, "
                        + prefix.length() + ") = " + RedshiftSql.literal(prefix) + " AND c.relkind = 'r'")
                .stream()
                .map(row -> String.valueOf(row.get("name")))
                .toList();
    }
}
