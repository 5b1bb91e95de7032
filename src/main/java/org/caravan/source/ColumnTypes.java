package org.caravan.source;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;

/**
 * The columns of a result from what JDBC says of it, with what is known of PostgreSQL's driver. All problems are reported
 * together, each with the cast that mends it.
 */
final class ColumnTypes {
    /** Most bytes of one character in UTF-8; lengths of text are in characters at the source and in bytes in Redshift. */
    private static final int BYTES_PER_CHARACTER = 4;

    private static final int UUID_LENGTH = 36;

    private ColumnTypes() {}

    static Columns of(ResultSetMetaData metadata) throws SQLException {
        List<Column> columns = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            String label = metadata.getColumnLabel(i);
            try {
                boolean nullable = metadata.isNullable(i) != ResultSetMetaData.columnNoNulls;
                columns.add(new Column(Columns.fold(label), type(metadata, i), nullable));
            } catch (IllegalArgumentException e) {
                problems.add("column " + i + " '" + label + "': " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new CaravanException(
                    Category.SOURCE,
                    "The query's result cannot be carried as it is: " + String.join("; ", problems) + ".");
        }
        try {
            return new Columns(columns);
        } catch (IllegalArgumentException e) {
            throw new CaravanException(
                    Category.SOURCE, "The query's result cannot be carried: " + e.getMessage() + ".", e);
        }
    }

    private static ColumnType type(ResultSetMetaData metadata, int index) throws SQLException {
        String typeName = metadata.getColumnTypeName(index).toLowerCase(Locale.ROOT);
        switch (metadata.getColumnType(index)) {
            case Types.BIT, Types.BOOLEAN -> {
                if (typeName.equals("bit") && metadata.getPrecision(index) > 1) {
                    throw unsupported(typeName);
                }
                return new ColumnType.Bool();
            }
            case Types.TINYINT, Types.SMALLINT -> {
                return new ColumnType.Int(Short.BYTES);
            }
            case Types.INTEGER -> {
                return new ColumnType.Int(Integer.BYTES);
            }
            case Types.BIGINT -> {
                return new ColumnType.Int(Long.BYTES);
            }
            case Types.REAL -> {
                return new ColumnType.FloatingPoint(Float.BYTES);
            }
            case Types.FLOAT, Types.DOUBLE -> {
                if (typeName.equals("money")) {
                    // PostgreSQL's money reads through a double, which is not exact.
                    throw new IllegalArgumentException(
                            "type money is not read exactly; cast it to numeric(p,s) in the SQL");
                }
                return new ColumnType.FloatingPoint(Double.BYTES);
            }
            case Types.NUMERIC, Types.DECIMAL -> {
                return decimal(metadata.getPrecision(index), metadata.getScale(index));
            }
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR -> {
                return text(metadata.getPrecision(index));
            }
            case Types.DATE -> {
                return new ColumnType.Date();
            }
            case Types.TIMESTAMP -> {
                return new ColumnType.Timestamp(
                        typeName.equals("timestamptz") ? ColumnType.Zone.INSTANT : ColumnType.Zone.LOCAL);
            }
            case Types.TIMESTAMP_WITH_TIMEZONE -> {
                return new ColumnType.Timestamp(ColumnType.Zone.INSTANT);
            }
            default -> {
                if (typeName.equals("uuid")) {
                    return new ColumnType.Text(UUID_LENGTH);
                }
                throw unsupported(typeName);
            }
        }
    }

    private static ColumnType decimal(int precision, int scale) {
        if (precision == 0) {
            throw new IllegalArgumentException("numeric without a precision has no fixed size;"
                    + " say how many digits it has, such as CAST(… AS numeric(38,10)), in the SQL");
        }
        if (precision > ColumnType.MAX_PRECISION || scale < 0 || scale > Math.min(precision, ColumnType.MAX_SCALE)) {
            throw new IllegalArgumentException("numeric(" + precision + "," + scale
                    + ") is outside Redshift's 38 digits, of which 0 to 37 are fractional; cast it in the SQL");
        }
        return new ColumnType.Decimal(precision, scale);
    }

    private static ColumnType text(int characters) {
        boolean bounded = characters > 0 && characters <= ColumnType.MAX_TEXT_BYTES / BYTES_PER_CHARACTER;
        return new ColumnType.Text(bounded ? characters * BYTES_PER_CHARACTER : ColumnType.MAX_TEXT_BYTES);
    }

    private static IllegalArgumentException unsupported(String typeName) {
        return new IllegalArgumentException(
                "type " + typeName
                        + " cannot be carried yet; cast it to a type that can, such as CAST(… AS text), or leave it out of the SQL");
    }
}
