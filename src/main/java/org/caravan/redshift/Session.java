package org.caravan.redshift;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Connection connection;
    private final String settings;
    private final String comment;

    private Session(Connection connection, String settings, String comment) {
        this.connection = connection;
        this.settings = settings;
        this.comment = comment;
    }

    /** What each session begins with. */
    static List<String> preparation(Duration statementTimeout) {
        return List.of("SET timezone TO 'UTC'", "SET query_group TO 'caravan'", timeout(statementTimeout));
    }

    /**
     * Limits how long a statement may take, waiting for locks included; zero is for ever. There is no limit for locks alone.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_statement_timeout.html">statement_timeout</a>
     */
    static String timeout(Duration limit) {
        return "SET statement_timeout TO " + limit.toMillis();
    }

    static Session open(Warehouse warehouse, Run run, Step step) {
        Session session = open(warehouse, run.comment(step), step);
        session.noteDriver(run);
        return session;
    }

    private void noteDriver(Run run) {
        try {
            DatabaseMetaData database = connection.getMetaData();
            run.proof().setVersion("driver of Redshift", database.getDriverName() + " " + database.getDriverVersion());
            Version.current().ifPresent(version -> run.proof().setVersion("caravan", version));
        } catch (SQLException ignored) {
            // The version is then not on the certificate.
        }
    }

    /** @param comment stands before each statement */
    static Session open(Warehouse warehouse, String comment, Step step) {
        Connection connection;
        try {
            connection = warehouse.dataSource().getConnection();
        } catch (SQLException e) {
            throw SqlFailures.of(step.category(), warehouse.settings(), "Connecting to Redshift", e);
        }
        Session session = new Session(connection, warehouse.settings(), comment);
        try {
            connection.setAutoCommit(false);
            for (String statement : preparation(warehouse.statementTimeout())) {
                session.execute(statement);
            }
            connection.commit();
        } catch (SQLException e) {
            session.close();
            throw SqlFailures.of(step.category(), warehouse.settings(), "Preparing the Redshift session", e);
        }
        return session;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(comment + sql);
        }
    }

    /** Ends the transaction, and executes a statement that Redshift takes in no transaction block. */
    void executeAlone(String sql) throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
        try {
            execute(sql);
        } finally {
            connection.setAutoCommit(false);
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

    /** The rows that a query gives, all of them, each with its values as text by column label; null is NULL. */
    List<Map<String, Object>> rows(String sql) throws SQLException {
        List<Map<String, Object>> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(comment + sql)) {
            ResultSetMetaData columns = rows.getMetaData();
            while (rows.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnLabel(i), rows.getString(i));
                }
                found.add(row);
            }
        }
        return found;
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
