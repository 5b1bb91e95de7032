package org.caravan.redshift;

import java.util.stream.Collectors;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;

/** Redshift SQL for a set of columns; stateless. Identifiers are always quoted, since a column may be named {@code order}. */
final class RedshiftSql {
    /** More bytes than the shortest text of any DOUBLE PRECISION has. */
    private static final int NUMBER_TEXT_BYTES = 32;

    private RedshiftSql() {}

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.table());
    }

    /** A string literal; backslashes are doubled as well, since Redshift reads them as escapes. */
    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    static String columnList(Columns columns) {
        return columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
    }

    /**
     * The columns' definitions. All allow NULL: what a source says of NULLs does not bind the result of an expression, and COPY
     * would refuse the row.
     */
    static String definitions(Columns columns) {
        return columns.stream().map(RedshiftSql::definition).collect(Collectors.joining(", "));
    }

    private static String definition(Column column) {
        return quoted(column.name()) + " " + type(column);
    }

    /** The type of a column of a table that holds it in its storage. */
    static String type(Column column) {
        return switch (column.storage()) {
            case AS_IS -> type(column.type());
            case UTC -> "TIMESTAMP";
            case NUMBER_TEXT -> "VARCHAR(" + NUMBER_TEXT_BYTES + ")";
            case JSON_TEXT -> "VARCHAR(" + ColumnType.MAX_TEXT_BYTES + ")";
            case HEX -> {
                long digits = 2L * ((ColumnType.Binary) column.type()).maxBytes();
                yield "VARCHAR(" + Math.min(digits, ColumnType.MAX_TEXT_BYTES) + ")";
            }
        };
    }

    /** The type of the target table's column. */
    static String type(ColumnType type) {
        if (type instanceof ColumnType.Bool) {
            return "BOOLEAN";
        }
        if (type instanceof ColumnType.Int integer) {
            return switch (integer.bytes()) {
                case Short.BYTES -> "SMALLINT";
                case Integer.BYTES -> "INTEGER";
                default -> "BIGINT";
            };
        }
        if (type instanceof ColumnType.FloatingPoint floating) {
            return floating.bytes() == Float.BYTES ? "REAL" : "DOUBLE PRECISION";
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        if (type instanceof ColumnType.Text text) {
            return "VARCHAR(" + text.maxBytes() + ")";
        }
        if (type instanceof ColumnType.Binary binary) {
            return "VARBYTE(" + binary.maxBytes() + ")";
        }
        if (type instanceof ColumnType.Super) {
            return "SUPER";
        }
        if (type instanceof ColumnType.Date) {
            return "DATE";
        }
        return ((ColumnType.Timestamp) type).zone() == ColumnType.Zone.LOCAL ? "TIMESTAMP" : "TIMESTAMPTZ";
    }

    /** What publish selects from the staging table, in the columns' order: the same values in the columns' own types. */
    static String stagingToTarget(Columns staged) {
        return staged.stream()
                .map(column -> publishedAs(column, quoted(column.name())))
                .collect(Collectors.joining(", "));
    }

    /** What publish takes from a column of the staging table, which the statement calls by another name. */
    static String published(Column column, String table) {
        return publishedAs(column, quoted(table) + "." + quoted(column.name()));
    }

    private static String publishedAs(Column column, String name) {
        return switch (column.storage()) {
            case AS_IS -> name;
            case UTC -> name + " AT TIME ZONE 'UTC'";
            case HEX -> "FROM_HEX(" + name + ")";
            case NUMBER_TEXT -> "CAST(" + name + " AS " + type(column.type()) + ")";
            case JSON_TEXT -> "JSON_PARSE(" + name + ")";
        };
    }
}
