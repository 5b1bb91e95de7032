package org.caravan.redshift;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Storage;
import org.caravan.schema.TableName;

/** Columns that tell rows apart, and the proof that they do: a key is never NULL and never twice in a table; immutable. */
record KeyColumns(List<Column> columns) {
    private static final int MOST_SHOWN = 5;

    KeyColumns {
        columns = List.copyOf(columns);
        columns.forEach(KeyColumns::checkType);
    }

    /** Only types whose equality is the same in Redshift and in Spark, and which the staging table holds as they are. */
    private static void checkType(Column column) {
        ColumnType type = column.type();
        boolean serves = type instanceof ColumnType.Int
                || type instanceof ColumnType.Decimal
                || type instanceof ColumnType.Text
                || type instanceof ColumnType.Date
                || type instanceof ColumnType.Timestamp;
        if (!serves || column.storage() != Storage.AS_IS) {
            throw new CaravanException(
                    Category.CONFIG,
                    "The column '" + column.name() + "' (" + RedshiftSql.type(type)
                            + ") cannot be a key: keys are integers, decimals, text, dates, or timestamps without time zone.");
        }
    }

    String list() {
        return columns.stream().map(column -> RedshiftSql.quoted(column.name())).collect(Collectors.joining(", "));
    }

    /** Refuses a table with NULL or a duplicate among its keys, and shows some. */
    void check(Script script, String what, TableName table) throws SQLException {
        String anyNull = columns.stream()
                .map(column -> RedshiftSql.quoted(column.name()) + " IS NULL")
                .collect(Collectors.joining(" OR "));
        String from = " FROM " + RedshiftSql.quoted(table);
        refuse(
                "NULL keys",
                what + " " + table,
                script.rows("SELECT " + list() + from + " WHERE " + anyNull + " LIMIT " + MOST_SHOWN));
        refuse(
                "duplicate keys",
                what + " " + table,
                script.rows("SELECT " + list() + ", COUNT(*) AS rows_with_this_key" + from + " GROUP BY " + list()
                        + " HAVING COUNT(*) > 1 LIMIT " + MOST_SHOWN));
    }

    private void refuse(String fault, String where, List<Map<String, Object>> found) {
        if (!found.isEmpty()) {
            String examples = found.stream().map(KeyColumns::shown).collect(Collectors.joining("; "));
            throw new CaravanException(
                    Category.PUBLISH,
                    "The rows cannot be merged: " + where + " has " + fault + " in ("
                            + columns.stream().map(Column::name).collect(Collectors.joining(", ")) + "), such as "
                            + examples
                            + ". Nothing has changed; choose keys that tell every row apart (parameter keys), or mend the rows.");
        }
    }

    /** A row of keys as messages show it. */
    static String shown(Map<String, Object> row) {
        return row.entrySet().stream()
                .map(value -> value.getKey().replace('_', ' ') + " "
                        + (value.getValue() == null ? "NULL" : "'" + value.getValue() + "'"))
                .collect(Collectors.joining(", "));
    }
}
