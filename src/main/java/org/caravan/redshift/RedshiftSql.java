package org.caravan.redshift;

import java.util.stream.Collectors;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;

/** Redshift SQL for a set of columns; stateless. Identifiers are always quoted, since a column may be named {@code order}. */
final class RedshiftSql {
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
        return quoted(column.name()) + " " + type(column.type());
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
        if (type instanceof ColumnType.Date) {
            return "DATE";
        }
        return ((ColumnType.Timestamp) type).zone() == ColumnType.Zone.LOCAL ? "TIMESTAMP" : "TIMESTAMPTZ";
    }

    /**
     * The columns of the staging table: COPY documents a Parquet mapping for TIMESTAMP and none for TIMESTAMPTZ, so an instant is
     * staged as its UTC time.
     */
    static Columns staging(Columns columns) {
        return new Columns(columns.stream()
                .map(column -> column.type() instanceof ColumnType.Timestamp
                        ? new Column(column.name(), new ColumnType.Timestamp(ColumnType.Zone.LOCAL), column.nullable())
                        : column)
                .toList());
    }

    /** What publish selects from the staging table, in the columns' order: the same values, an instant made one again. */
    static String stagingToTarget(Columns columns) {
        return columns.stream()
                .map(column -> {
                    boolean instant = column.type() instanceof ColumnType.Timestamp time
                            && time.zone() == ColumnType.Zone.INSTANT;
                    return instant ? quoted(column.name()) + " AT TIME ZONE 'UTC'" : quoted(column.name());
                })
                .collect(Collectors.joining(", "));
    }
}
