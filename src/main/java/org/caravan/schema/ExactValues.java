package org.caravan.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;

/**
 * Java's values as a {@link Batch} stores them, unchanged or not at all. Stateless.
 *
 * <p>Each method throws a {@link ValueException} for a value that would have to change.
 */
public final class ExactValues {
    /** Years that Redshift, Spark and every reader of the files agree on. */
    public static final int FIRST_YEAR = 1;

    public static final int LAST_YEAR = 9999;

    private static final String YEARS =
            ", outside the years " + FIRST_YEAR + " to " + LAST_YEAR + " that every system on the way agrees on";

    /** The days that Europe left out when it took the Gregorian calendar. */
    private static final long FIRST_SKIPPED_DAY = LocalDate.of(1582, 10, 5).toEpochDay();

    private static final long LAST_SKIPPED_DAY = LocalDate.of(1582, 10, 14).toEpochDay();

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int NANOS_PER_MICRO = 1000;

    private ExactValues() {}

    /** Sets a decimal, which may have trailing zeros more or less than its type. */
    public static void setDecimal(BigDecimal value, ColumnType.Decimal type, Vector vector, int row) {
        BigInteger unscaled = unscaled(value, type);
        if (type.fitsLong()) {
            ((LongVector) vector).set(row, unscaled.longValueExact());
        } else {
            ((DecimalVector) vector).set(row, unscaled);
        }
    }

    /** The days since 1970-01-01. */
    public static long days(LocalDate value) {
        checkYear(value.getYear());
        checkDay(value.toEpochDay());
        return value.toEpochDay();
    }

    /** The microseconds since 1970-01-01T00:00 of a local time. */
    public static long micros(LocalDateTime value) {
        checkYear(value.getYear());
        return micros(value.toInstant(ZoneOffset.UTC));
    }

    /** The microseconds since 1970-01-01T00:00Z of a point in time. */
    public static long micros(OffsetDateTime value) {
        checkYear(value.getYear());
        Instant instant = value.toInstant();
        checkYear(instant.atOffset(ZoneOffset.UTC).getYear());
        return micros(instant);
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

    /**
     * Refuses the days from 5 to 14 October 1582: {@code java.sql.Date} has none of them, and whoever reads a table by it, as Spark's
     * JDBC source and so Databricks' federation do, gets the day that is ten days later.
     */
    public static void checkDay(long epochDay) {
        if (epochDay >= FIRST_SKIPPED_DAY && epochDay <= LAST_SKIPPED_DAY) {
            throw new ValueException("is on " + LocalDate.ofEpochDay(epochDay)
                    + ", one of the ten days of October 1582 that JDBC's calendar leaves out: read through Databricks it would be ten"
                    + " days later");
        }
    }

    private static long micros(Instant instant) {
        checkDay(Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_DAY));
        int nanos = instant.getNano();
        if (nanos % NANOS_PER_MICRO != 0) {
            throw new ValueException("has a time of " + nanos + " ns, finer than the microseconds that Redshift keeps");
        }
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), nanos / NANOS_PER_MICRO);
    }

    /** Whether a year is one at all: drivers give the infinities of PostgreSQL as java.time's first and last day. */
    public static boolean isFinite(int year) {
        return year != Year.MAX_VALUE && year != Year.MIN_VALUE;
    }

    private static void checkYear(int year) {
        if (!isFinite(year)) {
            throw new ValueException((year > 0 ? "is infinity" : "is -infinity") + YEARS);
        }
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new ValueException("is in the year " + year + YEARS);
        }
    }
}
