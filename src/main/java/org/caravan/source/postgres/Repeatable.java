package org.caravan.source.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravan.source.postgres.SqlText.Token;

/**
 * Says whether a query gives the same rows whenever, and over whichever connection, it is executed on one state of the database.
 * Only then are its slices, each of which is an execution of its own, the whole without gap or overlap. Stateless.
 */
final class Repeatable {
    private static final Map<String, String> STEPS = Map.of(
            "WindowAgg", "it has a window function, whose result may differ where the order leaves rows equal",
            "Sample Scan", "it has TABLESAMPLE",
            "LockRows", "it locks rows",
            "Foreign Scan", "it reads a foreign table, whose server gives each connection a state of its own",
            "Custom Scan", "an extension reads its tables");

    /** Stable functions whose result is a connection's own. */
    private static final Set<String> OF_CONNECTION = Set.of(
            "now",
            "transaction_timestamp",
            "statement_timestamp",
            "pg_backend_pid",
            "txid_current",
            "pg_current_xact_id",
            "inet_client_port",
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp");

    private static final String VOLATILE =
            "SELECT proname FROM pg_catalog.pg_proc WHERE proname = ANY(?) AND provolatile = 'v' ORDER BY 1 LIMIT 1";

    private Repeatable() {}

    /** Why a query may give other rows when it is executed again; empty if it does not. */
    static Optional<String> obstacle(Connection connection, String sql, QueryPlan plan) throws SQLException {
        Optional<List<Token>> tokens = SqlText.tokens(sql);
        if (tokens.isEmpty()) {
            return Optional.of("it has a literal with a backslash or without an end");
        }
        if (isDistinctOn(tokens.get())) {
            return Optional.of("it has DISTINCT ON, whose rows may differ where the order leaves rows equal");
        }
        boolean saysLimit =
                tokens.get().stream().anyMatch(token -> token.is("LIMIT") || token.is("FETCH") || token.is("OFFSET"));
        for (QueryPlan.Node node : plan.nodes()) {
            if (STEPS.containsKey(node.type())) {
                return Optional.of(STEPS.get(node.type()));
            }
            // The planner finds a least or greatest value as the first of an index.
            if (node.type().equals("Limit") && (saysLimit || !node.initial())) {
                return Optional.of("it has LIMIT, FETCH or OFFSET, which may choose other rows each time");
            }
            if (node.schema().startsWith("pg_temp")) {
                return Optional.of("it reads a temporary table, which no other connection sees");
            }
        }
        return functions(connection, plan.functions());
    }

    private static boolean isDistinctOn(List<Token> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i - 1).is("DISTINCT") && tokens.get(i).is("ON")) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> functions(Connection connection, Set<String> names) throws SQLException {
        Optional<String> own = names.stream()
                .filter(name -> OF_CONNECTION.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst();
        if (own.isPresent()) {
            return own.map(
                    name -> "it calls " + name + ", which differs between connections; write the value into the query");
        }
        Array array = connection.createArrayOf("text", names.toArray());
        try (PreparedStatement statement = connection.prepareStatement(VOLATILE)) {
            statement.setArray(1, array);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of("it calls the function " + rows.getString(1)
                                + ", which is VOLATILE: its results may differ each time")
                        : Optional.empty();
            }
        } finally {
            array.free();
        }
    }
}
