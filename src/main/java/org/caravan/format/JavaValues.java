package org.caravan.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.UUID;
import org.caravan.schema.BytesVector;
import org.caravan.schema.ColumnType;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.ExactValues;
import org.caravan.schema.LongVector;
import org.caravan.schema.Utf8;
import org.caravan.schema.ValueException;
import org.caravan.schema.Vector;

/** Objects as JDBC drivers give them: the type that each shows, and how it is stored. Not thread-safe. */
final class JavaValues {
    private static final int UUID_BYTES = 36;
    private static final ColumnType.Text TEXT = new ColumnType.Text(ColumnType.MAX_TEXT_BYTES);

    private final Utf8 utf8 = new Utf8();

    /** The type that an object shows; a {@link ValueException} if it shows none. */
    static ColumnType type(Object value) {
        if (value instanceof Boolean) {
            return new ColumnType.Bool();
        }
        if (value instanceof Short || value instanceof Byte) {
            return new ColumnType.Int(Short.BYTES);
        }
        if (value instanceof Integer) {
            return new ColumnType.Int(Integer.BYTES);
        }
        if (value instanceof Long) {
            return new ColumnType.Int(Long.BYTES);
        }
        if (value instanceof Float) {
            return new ColumnType.FloatingPoint(Float.BYTES);
        }
        if (value instanceof Double) {
            return new ColumnType.FloatingPoint(Double.BYTES);
        }
        if (value instanceof BigInteger) {
            return new ColumnType.Decimal(ColumnType.MAX_PRECISION, 0);
        }
        if (value instanceof BigDecimal decimal) {
            int scale = Math.max(0, decimal.scale());
            return new ColumnType.Decimal(ColumnType.MAX_PRECISION, Math.min(scale, ColumnType.MAX_SCALE));
        }
        if (value instanceof UUID) {
            return new ColumnType.Text(UUID_BYTES);
        }
        if (value instanceof CharSequence || value instanceof Character) {
            return TEXT;
        }
        if (value instanceof byte[] bytes) {
            int room = Math.max(bytes.length, ColumnType.DEFAULT_BINARY_BYTES);
            return new ColumnType.Binary(Math.min(room, ColumnType.MAX_BINARY_BYTES));
        }
        return timeType(value);
    }

    /** The type that holds the values of both; a {@link ValueException} if there is none. */
    static ColumnType wider(ColumnType one, ColumnType other) {
        if (one.equals(other)) {
            return one;
        }
        if (one instanceof ColumnType.Int a && other instanceof ColumnType.Int b) {
            return new ColumnType.Int(Math.max(a.bytes(), b.bytes()));
        }
        if (one instanceof ColumnType.Decimal a && other instanceof ColumnType.Decimal b) {
            return new ColumnType.Decimal(ColumnType.MAX_PRECISION, Math.max(a.scale(), b.scale()));
        }
        if (one instanceof ColumnType.Text a && other instanceof ColumnType.Text b) {
            return new ColumnType.Text(Math.max(a.maxBytes(), b.maxBytes()));
        }
        if (one instanceof ColumnType.Binary a && other instanceof ColumnType.Binary b) {
            return new ColumnType.Binary(Math.max(a.maxBytes(), b.maxBytes()));
        }
        throw new ValueException("is " + other + ", but " + one + " in a row before");
    }

    /** Stores an object that is not null; a {@link ValueException} if it does not fit the type unchanged. */
    void set(Object value, ColumnType type, Vector vector, int row) {
        if (type instanceof ColumnType.Bool && value instanceof Boolean flag) {
            ((LongVector) vector).set(row, flag ? 1 : 0);
        } else if (type instanceof ColumnType.Int && isWhole(value)) {
            ((LongVector) vector).set(row, whole(value));
        } else if (type instanceof ColumnType.FloatingPoint && (value instanceof Float || value instanceof Double)) {
            ((DoubleVector) vector).set(row, ((Number) value).doubleValue());
        } else if (type instanceof ColumnType.Decimal decimal && (isWhole(value) || value instanceof BigDecimal)) {
            ExactValues.setDecimal(new BigDecimal(value.toString()), decimal, vector, row);
        } else if (type instanceof ColumnType.Text text
                && (value instanceof CharSequence || value instanceof Character || value instanceof UUID)) {
            setText(value.toString(), text, vector, row);
        } else if (type instanceof ColumnType.Super && value instanceof CharSequence) {
            setText(value.toString(), TEXT, vector, row);
        } else if (type instanceof ColumnType.Binary binary && value instanceof byte[] bytes) {
            if (bytes.length > binary.maxBytes()) {
                throw new ValueException(
                        "has " + bytes.length + " bytes, more than the " + binary.maxBytes() + " of its column");
            }
            ((BytesVector) vector).append(row, bytes, 0, bytes.length);
        } else {
            long time = time(value, type);
            ((LongVector) vector).set(row, time);
        }
    }

    private void setText(String value, ColumnType.Text type, Vector vector, int row) {
        Optional<String> problem = utf8.append(value, (BytesVector) vector, row, type);
        if (problem.isPresent()) {
            throw new ValueException(problem.get());
        }
    }

    private static boolean isWhole(Object value) {
        return value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger;
    }

    private static long whole(Object value) {
        if (value instanceof BigInteger big) {
            if (big.bitLength() >= Long.SIZE) {
                throw new ValueException("is " + big + ", more than 64 bits hold");
            }
            return big.longValue();
        }
        return ((Number) value).longValue();
    }

    private static ColumnType timeType(Object value) {
        if (value instanceof LocalDate || value instanceof java.sql.Date) {
            return new ColumnType.Date();
        }
        if (value instanceof LocalDateTime) {
            return new ColumnType.Timestamp(ColumnType.Zone.LOCAL);
        }
        if (value instanceof OffsetDateTime || value instanceof ZonedDateTime || value instanceof Instant) {
            return new ColumnType.Timestamp(ColumnType.Zone.INSTANT);
        }
        if (value instanceof Timestamp) {
            throw new ValueException(
                    "is a java.sql.Timestamp, which drivers give for local times and for points in time alike;"
                            + " say which it is, by types=<column>=timestamp or types=<column>=timestamptz");
        }
        throw new ValueException("is a " + value.getClass().getName()
                + ", which cannot be carried; cast the column in the SQL, such as to text");
    }

    private static long time(Object value, ColumnType type) {
        if (type instanceof ColumnType.Date) {
            if (value instanceof LocalDate date) {
                return ExactValues.days(date);
            }
            if (value instanceof java.sql.Date date) {
                return ExactValues.days(date.toLocalDate());
            }
        }
        if (type instanceof ColumnType.Timestamp timestamp) {
            if (timestamp.zone() == ColumnType.Zone.LOCAL) {
                if (value instanceof LocalDateTime local) {
                    return ExactValues.micros(local);
                }
                if (value instanceof Timestamp local) {
                    return ExactValues.micros(local.toLocalDateTime());
                }
            } else {
                Optional<Instant> instant = instant(value);
                if (instant.isPresent()) {
                    return ExactValues.micros(instant.get().atOffset(ZoneOffset.UTC));
                }
            }
        }
        throw new ValueException("is a " + value.getClass().getName() + " ('" + value + "'), which is no " + type);
    }

    private static Optional<Instant> instant(Object value) {
        if (value instanceof Instant instant) {
            return Optional.of(instant);
        }
        if (value instanceof OffsetDateTime time) {
            return Optional.of(time.toInstant());
        }
        if (value instanceof ZonedDateTime time) {
            return Optional.of(time.toInstant());
        }
        return value instanceof Timestamp timestamp ? Optional.of(timestamp.toInstant()) : Optional.empty();
    }
}
