package org.caravan.source;

import java.sql.Types;
import org.caravan.schema.ColumnType;

/**
 * The types of JDBC itself, for databases of which nothing else is known, and the parts from which the others are made.
 * Lengths of text are in characters here and in bytes in Redshift.
 */
final class CommonTypes implements SourceTypes {
    /** Most bytes of one character in UTF-8. */
    private static final int BYTES_PER_CHARACTER = 4;

    private static final int UUID_LENGTH = 36;

    @Override
    public SourceType of(JdbcColumn column) {
        String name = column.typeName();
        if (name.equals("uuid")) {
            return SourceType.carried(Reading.SHOWN, new ColumnType.Text(UUID_LENGTH));
        }
        return switch (column.type()) {
            case Types.BIT, Types.BOOLEAN ->
                name.startsWith("bit") && column.precision() > 1
                        ? unknown(column)
                        : SourceType.carried(Reading.BOOLEAN, new ColumnType.Bool());
            case Types.TINYINT, Types.SMALLINT -> integer(Short.BYTES);
            case Types.INTEGER -> integer(Integer.BYTES);
            case Types.BIGINT -> integer(Long.BYTES);
            case Types.REAL -> real();
            case Types.FLOAT, Types.DOUBLE -> doublePrecision();
            case Types.NUMERIC, Types.DECIMAL -> decimal(column.precision(), column.scale());
            case Types.CHAR, Types.VARCHAR, Types.NCHAR, Types.NVARCHAR -> text(column.precision());
            case Types.LONGVARCHAR, Types.LONGNVARCHAR, Types.CLOB, Types.NCLOB -> text(column.precision());
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> binary(column.precision());
            case Types.DATE -> SourceType.carried(Reading.DATE, new ColumnType.Date());
            case Types.TIMESTAMP -> name.equals("timestamptz") || name.endsWith("with time zone") ? instant() : local();
            case Types.TIMESTAMP_WITH_TIMEZONE -> instant();
            default -> unknown(column);
        };
    }

    static SourceType integer(int bytes) {
        return SourceType.carried(bytes == Long.BYTES ? Reading.LONG : Reading.INT, new ColumnType.Int(bytes));
    }

    static SourceType real() {
        return SourceType.carried(Reading.FLOAT, new ColumnType.FloatingPoint(Float.BYTES));
    }

    static SourceType doublePrecision() {
        return SourceType.carried(Reading.DOUBLE, new ColumnType.FloatingPoint(Double.BYTES));
    }

    /** A decimal whose scale may be negative or above its precision, both of which a wider decimal holds exactly. */
    static SourceType decimal(int precision, int scale) {
        if (precision <= 0) {
            return SourceType.undecided(
                    Reading.DECIMAL,
                    "a number without a precision has no fixed size; set columns.x.type=decimal(38,18), or another size,"
                            + " which holds a value exactly or refuses it, or columns.x.type=text");
        }
        int digits = scale < 0 ? precision - scale : Math.max(precision, scale);
        int fraction = Math.max(0, scale);
        if (digits > ColumnType.MAX_PRECISION || fraction > ColumnType.MAX_SCALE) {
            return SourceType.undecided(
                    Reading.DECIMAL,
                    "numeric(" + precision + "," + scale
                            + ") is outside Redshift's 38 digits, of which 0 to 37 are fractional;"
                            + " set columns.x.type=decimal(38,18), or another size, which holds a value exactly or refuses it,"
                            + " or columns.x.type=text");
        }
        return SourceType.carried(Reading.DECIMAL, new ColumnType.Decimal(digits, fraction));
    }

    /** Text of a number of characters; of any number if the driver says none. */
    static SourceType text(int characters) {
        boolean bounded = characters > 0 && characters <= ColumnType.MAX_TEXT_BYTES / BYTES_PER_CHARACTER;
        return textBytes(bounded ? characters * BYTES_PER_CHARACTER : ColumnType.MAX_TEXT_BYTES);
    }

    /** Text of a number of bytes; of any number if the driver says none, or more than there can be. */
    static SourceType textBytes(int bytes) {
        boolean bounded = bytes > 0 && bytes <= ColumnType.MAX_TEXT_BYTES;
        return SourceType.carried(Reading.TEXT, new ColumnType.Text(bounded ? bytes : ColumnType.MAX_TEXT_BYTES));
    }

    /** A type without a counterpart, in the text by which its database shows it. */
    static SourceType shown(int bytes, String note) {
        return SourceType.carried(Reading.SHOWN, new ColumnType.Text(bytes)).noted(note);
    }

    static SourceType binary(int bytes) {
        boolean bounded = bytes > 0 && bytes <= ColumnType.MAX_BINARY_BYTES;
        return SourceType.carried(
                Reading.BYTES, new ColumnType.Binary(bounded ? bytes : ColumnType.DEFAULT_BINARY_BYTES));
    }

    static SourceType local() {
        return SourceType.carried(Reading.LOCAL, new ColumnType.Timestamp(ColumnType.Zone.LOCAL));
    }

    static SourceType instant() {
        return SourceType.carried(Reading.INSTANT, new ColumnType.Timestamp(ColumnType.Zone.INSTANT));
    }

    /** A local time from a driver that gives it in the zone of the Java process only. */
    static SourceType oldLocal(boolean fixedZone) {
        if (!fixedZone) {
            return SourceType.undecided(
                    Reading.OLD_LOCAL,
                    "the driver gives local times in the time zone of this process, in which some hours do not exist;"
                            + " start it with -Duser.timezone=UTC (CARAVAN_OPTS), or set columns.x.type=text");
        }
        return SourceType.carried(Reading.OLD_LOCAL, new ColumnType.Timestamp(ColumnType.Zone.LOCAL));
    }

    static SourceType oldInstant() {
        return SourceType.carried(Reading.OLD_INSTANT, new ColumnType.Timestamp(ColumnType.Zone.INSTANT));
    }

    /** A type of which only its text is known. */
    static SourceType unknown(JdbcColumn column) {
        return SourceType.undecided(
                Reading.SHOWN,
                "type " + column.typeName() + " has no counterpart in Redshift that is known to be exact;"
                        + " set columns.x.type=text to carry the text by which the driver shows it, or cast it in the SQL");
    }
}
