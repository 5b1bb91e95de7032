package org.caravan.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.caravan.schema.SourceColumn;
import org.caravan.source.parameter.Bindings;

/** The columns of a query's result and what is made of them. Stateless. */
public final class SourceColumns {
    private SourceColumns() {}

    /**
     * Asks the database what columns a query has, without running it.
     *
     * @param connection used by the caller alone, and left open; a transaction under way may be rolled back
     * @param sql the query, without a semicolon at its end
     * @throws org.caravan.ledger.CaravanException if a column cannot be carried or an override is wrong; the message has all
     *     problems
     * @throws SQLException if the database refuses the query
     */
    public static List<SourceColumn> describe(Connection connection, String sql, ColumnOverrides overrides)
            throws SQLException {
        return describe(connection, sql, overrides, Bindings.NONE);
    }

    /** The same of a query with parameters. */
    static List<SourceColumn> describe(Connection connection, String sql, ColumnOverrides overrides, Bindings bindings)
            throws SQLException {
        SQLException refused;
        try (PreparedStatement statement = bindings.prepare(connection, sql)) {
            Optional<ResultSetMetaData> metadata = Optional.ofNullable(statement.getMetaData());
            if (metadata.isPresent()) {
                return columns(connection, metadata.get(), overrides);
            }
            refused = new SQLException("The driver does not say the columns of a statement that has not run");
        } catch (SQLException e) {
            // Question marks that are PostgreSQL's operators are parameters in a prepared statement only.
            refused = e;
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        String empty = "SELECT * FROM (\n" + sql + "\n) caravan_columns WHERE 1 = 0";
        try (Statement statement = bindings.statement(connection, empty);
                ResultSet rows = bindings.execute(statement, empty)) {
            return columns(connection, rows.getMetaData(), overrides);
        } catch (SQLException e) {
            refused.addSuppressed(e);
            throw refused;
        }
    }

    private static List<SourceColumn> columns(
            Connection connection, ResultSetMetaData metadata, ColumnOverrides overrides) throws SQLException {
        return ReadColumns.of(metadata, SourceTypes.of(connection.getMetaData()), overrides).stream()
                .map(ReadColumn::source)
                .toList();
    }
}
