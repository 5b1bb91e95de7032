package org.caravan.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.DecimalVector;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;

/** The reader for each column type; each reader is used by one thread. */
final class ColumnReaders {
    /** Years that Redshift, Spark and every reader of the files agree on. */
    private static final int FIRST_YEAR = 1;

    private static final int LAST_YEAR = 9999;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;

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
                return;
            }
            BigInteger unscaled = unscaled(value, type);
            if (type.fitsLong()) {
                ((LongVector) vector).set(row, unscaled.longValueExact());
            } else {
                ((DecimalVector) vector).set(row, unscaled);
            }
        };
    }

    private static BigInteger unscaled(BigDecimal value, ColumnType.Decimal type) {
        BigDecimal exact = value;
        if (value.scale() != type.scale()) {
            BigDecimal stripped = value.stripTrailingZeros();
            if (stripped.scale() > type.scale()) {
                throw new ValueException("is " + value.toPlainString() + ", with " + stripped.scale()
                        + " fractional digits, more than the " + type.scale() + " of its type " + type);
            }
            exact = value.setScale(type.scale());
        }
        if (exact.precision() > type.precision()) {
            throw new ValueException("is " + value.toPlainString() + ", with " + exact.precision() + " digits at scale "
                    + type.scale() + ", more than the " + type.precision() + " of its type " + type);
        }
        return exact.unscaledValue();
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
                return;
            }
            checkYear(value.getYear());
            ((LongVector) vector).set(row, value.toEpochDay());
        };
    }

    private static ColumnReader local(int index) {
        return (rows, vector, row) -> {
            LocalDateTime value = rows.getObject(index, LocalDateTime.class);
            if (value == null) {
                vector.setNull(row);
                return;
            }
            checkYear(value.getYear());
            ((LongVector) vector).set(row, micros(value.toInstant(ZoneOffset.UTC)));
        };
    }

    private static ColumnReader instant(int index) {
        return (rows, vector, row) -> {
            OffsetDateTime value = rows.getObject(index, OffsetDateTime.class);
            if (value == null) {
                vector.setNull(row);
                return;
            }
            checkYear(value.getYear());
            Instant instant = value.toInstant();
            checkYear(instant.atOffset(ZoneOffset.UTC).getYear());
            ((LongVector) vector).set(row, micros(instant));
        };
    }

    private static long micros(Instant instant) {
        int nanos = instant.getNano();
        if (nanos % NANOS_PER_MICRO != 0) {
            throw new ValueException("has a time of " + nanos + " ns, finer than the microseconds that Redshift keeps");
        }
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), nanos / NANOS_PER_MICRO);
    }

    private static void checkYear(int year) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new ValueException("is in the year " + year + " (or is infinite), outside " + FIRST_YEAR + " to "
                    + LAST_YEAR + ", the years that every system on the way agrees on");
        }
    }
}
