package org.caravan.redshift;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.ledger.SqlFailures;
import org.caravan.ledger.Step;

/**
 * One Redshift session of a run, in UTC, with transactions by hand; every statement carries the run's comment. The owner closes
 * it, which rolls back what was not committed. Not thread-safe.
 */
final class Session implements AutoCloseable {
    /** What each session begins with. */
    static final List<String> PREPARATION = List.of("SET timezone TO 'UTC'", "SET query_group TO 'caravan'");

    private final Connection connection;
    private final String settings;
    private final String comment;

    private Session(Connection connection, String settings, String comment) {
        this.connection = connection;
        this.settings = settings;
        this.comment = comment;
    }

    static Session open(DataSource dataSource, String settings, Run run, Step step) {
        Connection connection;
        try {
            connection = dataSource.getConnection();
        } catch (SQLException e) {
            throw SqlFailures.of(step.category(), settings, "Connecting to Redshift", e);
        }
        Session session = new Session(connection, settings, run.comment(step));
        try {
            connection.setAutoCommit(false);
            for (String statement : PREPARATION) {
                session.execute(statement);
            }
            connection.commit();
        } catch (SQLException e) {
            session.close();
            throw SqlFailures.of(step.category(), settings, "Preparing the Redshift session", e);
        }
        return session;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(comment + sql);
        }
    }

    /** Executes a statement that changes rows, and gives how many. */
    long update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeLargeUpdate(comment + sql);
        }
    }

    /** The one number that a query gives. */
    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(comment + sql)) {
            if (!rows.next()) {
                throw new SQLException("No row for: " + sql, "02000");
            }
            long number = rows.getLong(1);
            // Read to its end: with its fetch ring buffer on, redshift-jdbc42 2.3.0 can skip a commit after a result
            // that was
            // not (seen once in 200 tries against the stand-in).
            if (rows.next()) {
                throw new SQLException("More than one row for: " + sql, "21000");
            }
            return number;
        }
    }

    Connection connection() {
        return connection;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    CaravanException failure(Category category, String doing, SQLException error) {
        return SqlFailures.of(category, settings, doing, error);
    }

    @Override
    public void close() {
        try {
            connection.rollback();
        } catch (SQLException ignored) {
            // A broken connection has rolled back already.
        }
        try {
            connection.close();
        } catch (SQLException ignored) {
            // The pool drops it.
        }
    }
}
