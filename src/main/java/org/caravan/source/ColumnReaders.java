package org.caravan.source;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.ExactValues;
import org.caravan.schema.LongVector;
import org.caravan.schema.Utf8;
import org.caravan.schema.ValueException;

/** The reader for each column type; each reader is used by one thread. */
final class ColumnReaders {
    private ColumnReaders() {}

    static ColumnReader of(Column column, int index) {
        ColumnType type = column.type();
        if (type instanceof ColumnType.Bool) {
            return (rows, vector, row) -> set((LongVector) vector, row, rows.getBoolean(index) ? 1 : 0, rows.wasNull());
        }
        if (type instanceof ColumnType.Int integer) {
            return integer.bytes() == Long.BYTES
                    ? (rows, vector, row) -> set((LongVector) vector, row, rows.getLong(index), rows.wasNull())
                    : (rows, vector, row) -> set((LongVector) vector, row, rows.getInt(index), rows.wasNull());
        }
        if (type instanceof ColumnType.FloatingPoint floating) {
            return floating.bytes() == Float.BYTES
                    ? (rows, vector, row) -> set((DoubleVector) vector, row, rows.getFloat(index), rows.wasNull())
                    : (rows, vector, row) -> set((DoubleVector) vector, row, rows.getDouble(index), rows.wasNull());
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return decimal(decimal, index);
        }
        if (type instanceof ColumnType.Text text) {
            return text(text, index);
        }
        if (type instanceof ColumnType.Date) {
            return date(index);
        }
        return ((ColumnType.Timestamp) type).zone() == ColumnType.Zone.LOCAL ? local(index) : instant(index);
    }

    private static void set(LongVector vector, int row, long value, boolean isNull) {
        if (isNull) {
            vector.setNull(row);
        } else {
            vector.set(row, value);
        }
    }

    private static void set(DoubleVector vector, int row, double value, boolean isNull) {
        if (isNull) {
            vector.setNull(row);
        } else {
            vector.set(row, value);
        }
    }

    private static ColumnReader decimal(ColumnType.Decimal type, int index) {
        return (rows, vector, row) -> {
            BigDecimal value = rows.getBigDecimal(index);
            if (value == null) {
                vector.setNull(row);
            } else {
                ExactValues.setDecimal(value, type, vector, row);
            }
        };
    }

    private static ColumnReader text(ColumnType.Text type, int index) {
        Utf8 utf8 = new Utf8();
        return (rows, vector, row) -> {
            String value = rows.getString(index);
            if (value == null) {
                vector.setNull(row);
                return;
            }
            Optional<String> problem = utf8.append(value, (BytesVector) vector, row, type);
            if (problem.isPresent()) {
                throw new ValueException(problem.get());
            }
        };
    }

    private static ColumnReader date(int index) {
        return (rows, vector, row) -> {
            LocalDate value = rows.getObject(index, LocalDate.class);
            if (value == null) {
                vector.setNull(row);
            } else {
                ((LongVector) vector).set(row, ExactValues.days(value));
            }
        };
    }

    private static ColumnReader local(int index) {
        return (rows, vector, row) -> {
            LocalDateTime value = rows.getObject(index, LocalDateTime.class);
            if (value == null) {
                vector.setNull(row);
            } else {
                ((LongVector) vector).set(row, ExactValues.micros(value));
            }
        };
    }

    private static ColumnReader instant(int index) {
        return (rows, vector, row) -> {
            OffsetDateTime value = rows.getObject(index, OffsetDateTime.class);
            if (value == null) {
                vector.setNull(row);
            } else {
                ((LongVector) vector).set(row, ExactValues.micros(value));
            }
        };
    }
}
