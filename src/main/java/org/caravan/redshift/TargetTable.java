package org.caravan.redshift;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.caravan.schema.TableName;

/** The columns of a target that is there; stateless. */
final class TargetTable {
    private TargetTable() {}

    /** Asks for the names and types of a table's columns. */
    static String question(TableName table) {
        return "SELECT a.attname AS name, FORMAT_TYPE(a.atttypid, a.atttypmod) AS type"
                + " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = " + RedshiftSql.literal(table.schema()) + " AND c.relname = "
                + RedshiftSql.literal(table.table())
                + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
    }

    /** The names and types of a table's columns, in order; empty if there is no such table. */
    static Map<String, String> columns(Script script, TableName table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        for (Map<String, Object> row : script.rows(question(table))) {
            columns.put(
                    String.valueOf(row.get("name")),
                    String.valueOf(row.get("type")).strip());
        }
        return columns;
    }
}
