package org.caravan.source.split;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.source.parameter.Bindings;

/**
 * A column of a query's result as the database describes it; immutable.
 *
 * @param position from 1
 * @param label its name
 * @param jdbcType one of {@link Types}
 * @param typeName the database's own name for the type
 */
public record KeyColumn(int position, String label, int jdbcType, String typeName, int precision, int scale) {
    private static final int SHOWN = 20;
    private static final int MAX_LONG_DIGITS = 18;

    /**
     * Finds a column by its name, or by its name in another case if there is but one.
     *
     * @throws CaravanException if there is none
     */
    public static KeyColumn find(Connection connection, String sql, Bindings bindings, String name)
            throws SQLException {
        return find(connection, sql, bindings, "partitionBy", name);
    }

    /** The same for another option that names a column. */
    public static KeyColumn find(Connection connection, String sql, Bindings bindings, String option, String name)
            throws SQLException {
        List<KeyColumn> columns = columns(connection, sql, bindings);
        Optional<KeyColumn> same =
                columns.stream().filter(column -> column.label.equals(name)).findFirst();
        List<KeyColumn> alike = columns.stream()
                .filter(column -> column.label.equalsIgnoreCase(name))
                .toList();
        return same.or(() -> alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty())
                .orElseThrow(() -> new CaravanException(
                        Category.CONFIG,
                        option + "=" + name + " of caravan-query: the query's result has no such column; it has "
                                + columns.stream()
                                        .limit(SHOWN)
                                        .map(KeyColumn::label)
                                        .collect(Collectors.joining(", "))
                                + (columns.size() > SHOWN ? " and more" : "") + "."));
    }

    private static List<KeyColumn> columns(Connection connection, String sql, Bindings bindings) throws SQLException {
        List<KeyColumn> columns = new ArrayList<>();
        String empty = "SELECT * FROM (\n" + sql + "\n) caravan_columns WHERE 1 = 0";
        try (Statement statement = bindings.statement(connection, empty);
                ResultSet rows = bindings.execute(statement, empty)) {
            ResultSetMetaData metadata = rows.getMetaData();
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                columns.add(new KeyColumn(
                        i,
                        metadata.getColumnLabel(i),
                        metadata.getColumnType(i),
                        metadata.getColumnTypeName(i),
                        metadata.getPrecision(i),
                        metadata.getScale(i)));
            }
        }
        return columns;
    }

    /** Whether its values are whole numbers of up to 64 bits, by what JDBC says. */
    boolean isInteger() {
        return switch (jdbcType) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> true;
            case Types.NUMERIC, Types.DECIMAL -> scale == 0 && precision > 0 && precision <= MAX_LONG_DIGITS;
            default -> false;
        };
    }
}
