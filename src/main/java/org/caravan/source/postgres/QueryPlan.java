package org.caravan.source.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How PostgreSQL would execute a query; immutable.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-explain.html">EXPLAIN</a>
 */
final class QueryPlan {
    private static final Pattern CALL = Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_$]*)\"?\\s*\\(");
    private static final Pattern CLOCK =
            Pattern.compile("CURRENT_DATE|CURRENT_TIMESTAMP|CURRENT_TIME|LOCALTIMESTAMP|LOCALTIME");

    private final JsonNode root;
    private final List<Node> nodes = new ArrayList<>();

    /**
     * A step of the plan.
     *
     * @param initial whether it belongs to a subquery that is executed once, such as the greatest value by an index
     */
    record Node(String type, String schema, boolean initial) {}

    private QueryPlan(JsonNode root) {
        this.root = root;
        walk(root, false);
    }

    /** Asks without running the query, in the transaction that is under way. */
    static QueryPlan of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN (VERBOSE, FORMAT JSON) " + sql)) {
            rows.next();
            return new QueryPlan(
                    new ObjectMapper().readTree(rows.getString(1)).path(0).path("Plan"));
        } catch (JsonProcessingException e) {
            throw new SQLException("The server's plan of the query is not JSON", e);
        }
    }

    private void walk(JsonNode node, boolean initial) {
        boolean inner = initial || node.path("Parent Relationship").asText().equals("InitPlan");
        nodes.add(new Node(node.path("Node Type").asText(), node.path("Schema").asText(), inner));
        node.path("Plans").forEach(child -> walk(child, inner));
    }

    /** All steps. */
    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** The outermost step, except for those that collect what several processes find. */
    String outermost() {
        JsonNode node = root;
        while (node.path("Node Type").asText().equals("Gather")) {
            node = node.path("Plans").path(0);
        }
        return node.path("Node Type").asText();
    }

    /** An expression of the result's column at a position from 1. */
    String output(int position) {
        return root.path("Output").path(position - 1).asText();
    }

    /** The names of all functions that it calls, also within views, and perhaps some other words. */
    Set<String> functions() {
        Set<String> names = new TreeSet<>();
        for (String text : texts(root, new ArrayList<>())) {
            Matcher calls = CALL.matcher(text);
            while (calls.find()) {
                names.add(calls.group(1));
            }
            Matcher clocks = CLOCK.matcher(text);
            while (clocks.find()) {
                names.add(clocks.group());
            }
        }
        return names;
    }

    private static List<String> texts(JsonNode node, List<String> found) {
        if (node.isTextual()) {
            found.add(node.asText());
        }
        node.forEach(child -> texts(child, found));
        return found;
    }
}
