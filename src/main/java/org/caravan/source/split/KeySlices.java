package org.caravan.source.split;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.caravan.source.parameter.Bindings;

/** The slices of any query by the values of one column of its result; immutable. */
public final class KeySlices {
    private static final String ALIAS = "caravan_slice";

    private final String sql;
    private final Bindings bindings;
    private final String label;
    private final String column;

    /**
     * @param bindings the values of the parameters that the query has
     * @param label the column's name
     * @param quote what stands around names in this database
     */
    public KeySlices(String sql, Bindings bindings, String label, String quote) {
        this.sql = sql;
        this.bindings = bindings;
        this.label = label;
        this.column = ALIAS + "." + quote + label.replace(quote, quote + quote) + quote;
    }

    /**
     * By ranges of the values. The first and the last have one end only, and NULL is in the first, so that they hold every value
     * there can be, each once, whatever the bounds.
     *
     * @param connection on which the query may run to find the least and greatest value
     */
    public Split ranges(Connection connection, KeyKind kind, int count, Asking asking) throws SQLException {
        String bounds = "SELECT " + kind.number("min(" + column + ")") + ", " + kind.number("max(" + column + ")")
                + from() + kind.range(column);
        List<String> literals = asking == Asking.BOUNDS
                ? bounds(connection, bounds, kind, count)
                : IntStream.range(1, count).mapToObj(i -> ":bound" + i).toList();
        if (literals.isEmpty()) {
            return new Split(
                    List.of(sql), "the column '" + label + "' has not more than one value", Optional.of(bounds));
        }
        List<String> statements = new ArrayList<>();
        statements.add(slice("(" + column + " < " + literals.get(0) + " OR " + column + " IS NULL)"));
        for (int i = 1; i < literals.size(); i++) {
            statements.add(slice(column + " >= " + literals.get(i - 1) + " AND " + column + " < " + literals.get(i)));
        }
        statements.add(slice(column + " >= " + literals.get(literals.size() - 1)));
        return new Split(statements, "ranges of the column '" + label + "', NULL in the first", Optional.of(bounds));
    }

    /**
     * By a number that an expression gives to every row, from 0 on.
     *
     * @param expression with {@code %s} for the column and {@code %d} for the number of slices
     */
    public Split hashes(String expression, int count) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            statements.add(slice(expression.formatted(column, count) + " = " + i));
        }
        return new Split(statements, "the hash of the column '" + label + "', NULL in the first", Optional.empty());
    }

    private String from() {
        // The line feed ends a comment at the query's end.
        return " FROM (\n" + sql + "\n) " + ALIAS;
    }

    private String slice(String condition) {
        return "SELECT *" + from() + " WHERE " + condition;
    }

    private List<String> bounds(Connection connection, String query, KeyKind kind, int count) throws SQLException {
        try (Statement statement = bindings.statement(connection, query);
                ResultSet rows = bindings.execute(statement, query)) {
            rows.next();
            long least = rows.getLong(1);
            if (rows.wasNull()) {
                return List.of();
            }
            return bounds(least, rows.getLong(2), count).stream()
                    .map(kind::literal)
                    .toList();
        }
    }

    /** Where slices begin, except the first: numbers above the least and up to the greatest, none twice. */
    static List<Long> bounds(long least, long greatest, int count) {
        BigInteger first = BigInteger.valueOf(least);
        BigInteger values = BigInteger.valueOf(greatest).subtract(first).add(BigInteger.ONE);
        return IntStream.range(1, count)
                .mapToObj(i -> first.add(values.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(count)))
                        .longValueExact())
                .filter(bound -> bound > least)
                .distinct()
                .toList();
    }
}
