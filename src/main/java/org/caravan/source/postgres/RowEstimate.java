package org.caravan.source.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many rows PostgreSQL's planner expects of a query; stateless.
 *
 * @see <a href="https://www.postgresql.org/docs/current/using-explain.html">Using EXPLAIN</a>
 */
public final class RowEstimate {
    /** The outermost node comes first. */
    private static final Pattern ROWS = Pattern.compile("\"Plan Rows\": (\\d{1,18})");

    private RowEstimate() {}

    /**
     * Asks without running the query, in the transaction that is under way.
     *
     * @return nothing if the plan has no such number
     * @throws SQLException if the server does not plan the query
     */
    public static OptionalLong of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet plan = statement.executeQuery("EXPLAIN (FORMAT JSON) " + sql)) {
            Matcher matcher = ROWS.matcher(plan.next() ? plan.getString(1) : "");
            return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
        }
    }
}
