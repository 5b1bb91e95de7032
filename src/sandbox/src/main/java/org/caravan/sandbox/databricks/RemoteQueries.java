package org.caravan.sandbox.databricks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.caravan.sandbox.databricks.Sessions.Session;
import org.caravan.sandbox.databricks.SqlTokens.Token;

/**
 * The table-valued function {@code remote_query}, which runs a query in the foreign database's own SQL
 * (docs.databricks.com/aws/sql/language-manual/functions/remote_query). Each call becomes a temporary view over Spark's JDBC source,
 * which lives until the statement is analysed; so a view made over the function cannot be read later. Stateless.
 */
final class RemoteQueries {
    private static final String FUNCTION = "remote_query";
    private static final Set<String> OPTIONS = Set.of("database", "dbtable", "fetchSize", "query");

    private final Federation federation;

    RemoteQueries(Federation federation) {
        this.federation = federation;
    }

    /** A statement without calls of the function, and the views that stand for them; the caller drops them. */
    record Rewritten(String sql, List<String> views) {}

    /** @throws Refused when a call is not well-formed or may not be made */
    Rewritten rewrite(Session session, String sql) {
        List<String> views = new ArrayList<>();
        StringBuilder rewritten = new StringBuilder();
        int copied = 0;
        List<Token> tokens = SqlTokens.of(sql);
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.start() >= copied
                    && token.isWord(FUNCTION)
                    && tokens.get(i + 1).isSymbol("(")) {
                TokenReader in = new TokenReader(sql.substring(token.start()));
                String view = "__remote_query_" + views.size();
                define(session, view, in);
                views.add(view);
                rewritten.append(sql, copied, token.start()).append(view);
                copied = token.start() + in.position();
            }
        }
        return new Rewritten(rewritten.append(sql.substring(copied)).toString(), views);
    }

    private void define(Session session, String view, TokenReader in) {
        in.word(FUNCTION);
        in.symbol("(");
        Federation.Connection connection = federation.connection(in.string());
        federation.access(session.principal()).need(Privilege.USE_CONNECTION, Securable.connection(connection.name()));
        Map<String, String> arguments = new HashMap<>();
        while (in.takesSymbol(",")) {
            String key = in.identifier();
            in.symbol("=");
            in.symbol(">");
            if (!OPTIONS.contains(key)) {
                throw new Refused(
                        "PARAMETER_NOT_SUPPORTED_FOR_REMOTE_QUERY_FUNCTION",
                        "0A000",
                        "The remote_query function does not support the parameter `" + key
                                + "` for connections of type '" + connection.type() + "'.");
            }
            arguments.put(key, in.constant());
        }
        in.symbol(")");
        if (arguments.containsKey("query") == arguments.containsKey("dbtable")) {
            throw new Refused(
                    "DATA_SOURCE_OPTIONS_VALIDATION_FAILED.TABLE_OR_QUERY_REQUIRED",
                    "42000",
                    "The remote_query data source option(s) validation failed: exactly one of the options dbtable and query is"
                            + " required.");
        }
        if (!arguments.containsKey("database")) {
            throw new Refused(
                    "MISSING_CONNECTION_OPTION",
                    "42000",
                    "remote_query on '" + connection.type() + "' needs database.");
        }
        Map<String, String> options =
                new HashMap<>(connection.type().jdbc(connection.options(), arguments.remove("database")));
        arguments.forEach(options::put);
        session.spark().read().format("jdbc").options(options).load().createOrReplaceTempView(view);
    }
}
