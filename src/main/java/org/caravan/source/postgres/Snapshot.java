package org.caravan.source.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;

/**
 * One state of a PostgreSQL database that several connections see, as long as the transaction that exported it is open. Immutable.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION">Snapshot
 *     synchronization functions</a>
 */
public final class Snapshot {
    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final String id;

    private Snapshot(String id) {
        this.id = id;
    }

    /** Gives a transaction that has not begun a state that it keeps. */
    public static void begin(Connection connection) throws SQLException {
        execute(connection, BEGIN);
    }

    /**
     * Offers the state of a transaction to others.
     *
     * @throws CaravanException if the server does not
     */
    public static Snapshot export(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_export_snapshot()")) {
            rows.next();
            return new Snapshot(rows.getString(1));
        } catch (SQLException e) {
            throw new CaravanException(
                    Category.SOURCE,
                    "The source does not let several connections read one state: "
                            + SqlFailures.oneLine(String.valueOf(e.getMessage()))
                            + " Leave partitions out of caravan-query, and one connection reads the whole.",
                    e);
        }
    }

    /**
     * Gives the state to another connection's transaction, which has not begun.
     *
     * @throws CaravanException if the connection does not reach the same server, or not with one transaction
     */
    public void join(Connection connection) {
        try {
            execute(connection, BEGIN);
            execute(connection, "SET TRANSACTION SNAPSHOT '" + id + "'");
            // A lock that somebody else waits for would be waited for until the first connection's transaction ends:
            // for ever.
            execute(connection, "SET LOCAL lock_timeout = '10s'");
        } catch (SQLException e) {
            throw new CaravanException(
                    Category.SOURCE,
                    "The source's connections cannot read one state: "
                            + SqlFailures.oneLine(String.valueOf(e.getMessage()))
                            + " They must reach one server and database, and a pooler between (PgBouncer) must keep a transaction on"
                            + " one connection (pool_mode transaction or session), without sending connections to different replicas."
                            + " Mend the data source's URL, or leave partitions out of caravan-query.",
                    e);
        }
    }

    /** What an error means for somebody who reads by several connections; empty text if nothing special. */
    public static String advice(SQLException error) {
        return LOCK_NOT_AVAILABLE.equals(SqlFailures.root(error).getSQLState())
                ? " Another session waits to change a table of the query, and would let no further connection read it: run again"
                        + " when it is done, or without partitions."
                : "";
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
