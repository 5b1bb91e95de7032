package org.caravan.source.split;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The types by whose order a result is cut, as whole numbers and back. */
public enum KeyKind {
    /** Whole numbers, in any database. */
    INTEGER("%s", ""),
    /** PostgreSQL's date, as days since 1970. */
    DATE("%s - date '1970-01-01'", " WHERE %s BETWEEN date '0001-01-01' AND date '9999-12-31'"),
    /** PostgreSQL's timestamp, as microseconds since 1970. */
    TIMESTAMP(
            "floor(extract(epoch FROM %s) * 1000000)::bigint",
            " WHERE %s BETWEEN timestamp '0001-01-01' AND timestamp '9999-12-31'"),
    /** PostgreSQL's timestamptz, as microseconds since 1970 in UTC. */
    INSTANT(
            "floor(extract(epoch FROM %s) * 1000000)::bigint",
            " WHERE %s BETWEEN timestamptz '0001-01-02 00:00+00' AND timestamptz '9999-12-30 00:00+00'");

    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private final String number;
    private final String range;

    KeyKind(String number, String range) {
        this.number = number;
        this.range = range;
    }

    /** An expression's value as a number. */
    String number(String expression) {
        return number.formatted(expression);
    }

    /** The condition that leaves out what has no number, such as infinity; empty if everything has one. */
    String range(String column) {
        return range.formatted(column);
    }

    /** A number as a literal of the type. */
    String literal(long value) {
        return switch (this) {
            case INTEGER -> value < 0 ? "(" + value + ")" : String.valueOf(value);
            case DATE -> "date '" + LocalDate.ofEpochDay(value) + "'";
            case TIMESTAMP -> "timestamp '" + time(value) + "'";
            case INSTANT -> "timestamptz '" + time(value) + "+00'";
        };
    }

    private static String time(long micros) {
        long second = Math.floorDiv(micros, MICROS_PER_SECOND);
        int micro = (int) Math.floorMod(micros, (long) MICROS_PER_SECOND);
        return TIME.format(LocalDateTime.ofEpochSecond(second, micro * NANOS_PER_MICRO, ZoneOffset.UTC));
    }
}
