package org.caravan.source;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.caravan.schema.ColumnType;
import org.caravan.schema.ExactValues;
import org.caravan.schema.LongVector;
import org.caravan.schema.ValueException;

/** Readers of days and times; each gives the very day or time or refuses it. */
final class TimeReaders {
    /** From here on the calendar of java.sql is that of java.time. */
    private static final LocalDate GREGORIAN = LocalDate.of(1582, 10, 15);

    private TimeReaders() {}

    /** What a driver gives for a column's value; null for NULL, as JDBC has it. */
    @FunctionalInterface
    private interface Getter<T> {
        T get(ResultSet rows) throws SQLException;
    }

    /** The number that a batch stores for a value. */
    @FunctionalInterface
    private interface Stored<T> {
        long of(T value);
    }

    static ColumnReader of(Reading reading, ColumnType type, int index) {
        boolean isDate = type instanceof ColumnType.Date;
        return switch (reading) {
            case DATE -> day(rows -> rows.getObject(index, LocalDate.class), isDate);
            case OLD_DATE -> day(rows -> oldDate(rows, index), isDate);
            case LOCAL -> local(rows -> rows.getObject(index, LocalDateTime.class), isDate);
            case OLD_LOCAL -> local(rows -> oldLocal(rows, index), isDate);
            case OLD_INSTANT ->
                reader(
                        rows -> rows.getTimestamp(index),
                        value -> ExactValues.micros(value.toInstant().atOffset(ZoneOffset.UTC)));
            default -> reader(rows -> rows.getObject(index, OffsetDateTime.class), ExactValues::micros);
        };
    }

    private static ColumnReader day(Getter<LocalDate> getter, boolean isDate) {
        return reader(getter, isDate ? ExactValues::days : value -> ExactValues.micros(value.atStartOfDay()));
    }

    private static ColumnReader local(Getter<LocalDateTime> getter, boolean isDate) {
        return reader(getter, isDate ? TimeReaders::midnight : ExactValues::micros);
    }

    private static long midnight(LocalDateTime value) {
        if (!value.toLocalTime().equals(LocalTime.MIDNIGHT) && ExactValues.isFinite(value.getYear())) {
            throw new ValueException("is " + value + ", not midnight, of which a date would lose the time");
        }
        return ExactValues.days(value.toLocalDate());
    }

    private static LocalDate oldDate(ResultSet rows, int index) throws SQLException {
        Date value = rows.getDate(index);
        return value == null ? null : gregorian(value.toLocalDate());
    }

    private static LocalDateTime oldLocal(ResultSet rows, int index) throws SQLException {
        Timestamp value = rows.getTimestamp(index);
        if (value == null) {
            return null;
        }
        LocalDateTime time = value.toLocalDateTime();
        gregorian(time.toLocalDate());
        return time;
    }

    private static LocalDate gregorian(LocalDate day) {
        if (day.isBefore(GREGORIAN)) {
            throw new ValueException("is before " + GREGORIAN + ", where the driver's calendar is another");
        }
        return day;
    }

    private static <T> ColumnReader reader(Getter<T> getter, Stored<T> stored) {
        return (rows, vector, row) -> {
            T value = getter.get(rows);
            if (value == null) {
                vector.setNull(row);
            } else {
                ((LongVector) vector).set(row, stored.of(value));
            }
        };
    }
}
