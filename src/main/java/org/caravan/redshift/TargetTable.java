package org.caravan.redshift;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.TableName;

/** The columns of a target that is there, and whether the run's fit them; stateless. */
final class TargetTable {
    private static final Pattern SIZED = Pattern.compile("(character varying|binary varying|varbyte)\\((\\d+)\\)");
    private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint");

    private TargetTable() {}

    /** The names and types of a table's columns, in order; empty if there is no such table. */
    static Map<String, String> columns(Script script, TableName table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        for (Map<String, Object> row :
                script.rows("SELECT a.attname AS name, FORMAT_TYPE(a.atttypid, a.atttypmod) AS type"
                        + " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = " + RedshiftSql.literal(table.schema()) + " AND c.relname = "
                        + RedshiftSql.literal(table.table())
                        + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum")) {
            columns.put(
                    String.valueOf(row.get("name")),
                    String.valueOf(row.get("type")).strip());
        }
        return columns;
    }

    /** Refuses a target whose columns are not the run's. */
    static void checkFits(PublishRequest request, Map<String, String> found) {
        List<String> faults = new ArrayList<>();
        for (Column column : request.columns()) {
            String type = found.get(column.name());
            if (type == null) {
                faults.add("it lacks '" + column.name() + "' (" + RedshiftSql.type(column.type()) + ")");
            } else if (!holds(type, column.type())) {
                faults.add(
                        "'" + column.name() + "' is " + type + ", the result's is " + RedshiftSql.type(column.type()));
            }
        }
        found.forEach((name, type) -> {
            if (request.columns().stream().noneMatch(column -> column.name().equals(name))) {
                faults.add("it has '" + name + "' (" + type + "), which the result has not");
            }
        });
        if (!faults.isEmpty()) {
            throw new CaravanException(
                    Category.PUBLISH,
                    "The target " + request.target() + " does not fit the result of pipeline '" + request.pipeline()
                            + "': " + String.join("; ", faults)
                            + ". Nothing has changed; change the query (or its columns parameter), or the table.");
        }
    }

    /** Whether a column of a type can hold every value of another unchanged, so that the same SQL measures it. */
    private static boolean holds(String found, ColumnType type) {
        Matcher sized = SIZED.matcher(found);
        if (type instanceof ColumnType.Text text) {
            return sized.matches()
                    && sized.group(1).startsWith("character")
                    && Integer.parseInt(sized.group(2)) >= text.maxBytes();
        }
        if (type instanceof ColumnType.Binary binary) {
            return sized.matches()
                    ? !sized.group(1).startsWith("character") && Integer.parseInt(sized.group(2)) >= binary.maxBytes()
                    : found.equals("varbyte") || found.equals("binary varying");
        }
        if (type instanceof ColumnType.Int) {
            return INTEGERS.indexOf(found) >= INTEGERS.indexOf(name(type));
        }
        return found.equals(name(type));
    }

    /** A type as FORMAT_TYPE names it. */
    private static String name(ColumnType type) {
        String sql = RedshiftSql.type(type);
        return switch (sql) {
            case "TIMESTAMP" -> "timestamp without time zone";
            case "TIMESTAMPTZ" -> "timestamp with time zone";
            default -> sql.startsWith("DECIMAL") ? sql.replace("DECIMAL", "numeric") : sql.toLowerCase(Locale.ROOT);
        };
    }
}
