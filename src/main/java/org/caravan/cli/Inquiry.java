package org.caravan.cli;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;

/**
 * Questions to one engine, each in a session of its own; changes nothing.
 *
 * @param engine its name, which is the first word of its settings
 * @param preparation what each session begins with, so that it is in UTC
 * @param comment stands before each question
 */
record Inquiry(DataSource source, String engine, List<String> preparation, String comment) {
    private static final String NO_SUCH_TABLE = "42P01";
    private static final String NO_SUCH_SCHEMA = "3F000";

    /**
     * The rows that the questions give, all of them in the order of the questions.
     *
     * @return empty if there is no such table
     * @throws org.caravan.ledger.CaravanException if the engine cannot be asked
     */
    Optional<List<Map<String, Object>>> ask(List<String> questions) {
        List<Map<String, Object>> found = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : preparation) {
                statement.execute(sql);
            }
            for (String question : questions) {
                try (ResultSet rows = statement.executeQuery(comment + question)) {
                    read(rows, found);
                }
            }
            return Optional.of(found);
        } catch (SQLException e) {
            if (isMissing(SqlFailures.root(e))) {
                return Optional.empty();
            }
            throw SqlFailures.of(Category.VERIFY, engine, "Asking " + engine, e);
        }
    }

    private static boolean isMissing(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return state.equals(NO_SUCH_TABLE)
                || state.equals(NO_SUCH_SCHEMA)
                || String.valueOf(error.getMessage()).contains("TABLE_OR_VIEW_NOT_FOUND");
    }

    private static void read(ResultSet rows, List<Map<String, Object>> found) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.put(columns.getColumnLabel(i), rows.getObject(i));
            }
            found.add(row);
        }
    }
}
