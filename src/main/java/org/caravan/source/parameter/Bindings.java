package org.caravan.source.parameter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.ledger.RunParameters;
import org.caravan.ledger.Secrets;
import org.caravan.source.parameter.ParameterSql.Place;

/**
 * The values of a query's parameters, and how a statement gets them: bound by the driver, or, where nothing can be bound, as
 * literals that the server itself quotes. Immutable.
 */
public final class Bindings {
    /** Leaves statements as they are. */
    public static final Bindings NONE = new Bindings(Map.of());

    private final Map<String, ParameterValue> values;

    Bindings(Map<String, ParameterValue> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Whether statements are left as they are. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The values by name, in the order in which the query has them. */
    public Map<String, ParameterValue> values() {
        return values;
    }

    /** The first parameter whose name says that it is a secret: its value must stand in no statement's text. */
    public Optional<String> secret() {
        return values.keySet().stream()
                .filter(name -> !new RunParameters.Parameter(name, "", "value")
                        .masked(Secrets.NONE)
                        .value()
                        .equals("value"))
                .findFirst();
    }

    /** A statement that is ready for {@link #execute}: a prepared one with its values if there are any. */
    public Statement statement(Connection connection, String sql) throws SQLException {
        return isEmpty()
                ? connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)
                : prepare(connection, sql);
    }

    /** Executes a statement of {@link #statement}. */
    public ResultSet execute(Statement statement, String sql) throws SQLException {
        // Some drivers' plain statements are PreparedStatements as well.
        return isEmpty() ? statement.executeQuery(sql) : ((PreparedStatement) statement).executeQuery();
    }

    /** The statement, prepared, with its values. */
    public PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        if (isEmpty()) {
            return connection.prepareStatement(sql);
        }
        List<Place> places = ParameterSql.places(sql);
        // "In JDBC, the question mark (?) is the placeholder … use the double question mark (??)" (pgjdbc, "PostgreSQL
        // operators").
        String mark = isPostgres(connection) ? "??" : "?";
        PreparedStatement statement = connection.prepareStatement(
                ParameterSql.rewritten(sql, places, place -> place.isQuestionMark() ? mark : "?"),
                ResultSet.TYPE_FORWARD_ONLY,
                ResultSet.CONCUR_READ_ONLY);
        boolean done = false;
        try {
            int number = 0;
            for (Place place : places) {
                if (!place.isQuestionMark()) {
                    number++;
                    statement.setObject(number, values.get(place.name()).value());
                }
            }
            done = true;
            return statement;
        } finally {
            if (!done) {
                statement.close();
            }
        }
    }

    /**
     * The statement with literals that PostgreSQL quotes, each with a cast to its type: COPY, and what tells how a statement is
     * executed, take no bound values.
     *
     * @param connection whose transaction, if one is under way, goes on
     */
    public String literals(Connection connection, String sql) throws SQLException {
        if (isEmpty()) {
            return sql;
        }
        List<Place> places = new ArrayList<>(ParameterSql.places(sql));
        places.removeIf(Place::isQuestionMark);
        Map<String, String> literals = new LinkedHashMap<>();
        try (PreparedStatement quote = connection.prepareStatement("SELECT quote_literal(CAST(? AS text))")) {
            for (Map.Entry<String, ParameterValue> entry : values.entrySet()) {
                quote.setString(1, entry.getValue().text());
                try (ResultSet row = quote.executeQuery()) {
                    row.next();
                    literals.put(
                            entry.getKey(),
                            "CAST(" + row.getString(1) + " AS "
                                    + entry.getValue().type().postgres() + ")");
                }
            }
        }
        return ParameterSql.rewritten(sql, places, place -> literals.get(place.name()));
    }

    /** Whether the server is PostgreSQL, or says so. */
    public static boolean isPostgres(Connection connection) throws SQLException {
        return "PostgreSQL".equals(connection.getMetaData().getDatabaseProductName());
    }
}
