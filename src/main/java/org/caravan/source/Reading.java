package org.caravan.source;

import org.caravan.schema.ColumnType;

/** By which getter a driver gives a column's values, and to which types they can be read exactly. */
enum Reading {
    /** {@code getBoolean}. */
    BOOLEAN("a boolean"),
    /** {@code getLong}, which must give 0 or 1 where a boolean is wanted: MySQL's TINYINT(1) may hold more. */
    ZERO_OR_ONE("a number that is mostly 0 or 1"),
    /** {@code getInt}. */
    INT("an integer"),
    /** {@code getLong}. */
    LONG("an integer"),
    /** {@code getFloat}. */
    FLOAT("a number of 4 bytes"),
    /** {@code getDouble}. */
    DOUBLE("a number of 8 bytes"),
    /** {@code getBigDecimal}. */
    DECIMAL("a decimal number"),
    /** {@code getString}. */
    TEXT("text"),
    /** {@code getBytes}. */
    BYTES("binary"),
    /** {@code getObject} for a {@link java.time.LocalDate}. */
    DATE("a date"),
    /** {@code getDate}, for drivers that do not know java.time. */
    OLD_DATE("a date"),
    /** {@code getObject} for a {@link java.time.LocalDateTime}. */
    LOCAL("a local date and time"),
    /** {@code getTimestamp} for a local time, for drivers that do not know java.time. */
    OLD_LOCAL("a local date and time"),
    /** {@code getObject} for an {@link java.time.OffsetDateTime}. */
    INSTANT("a point in time"),
    /** {@code getTimestamp} for a point in time, for drivers that do not know java.time. */
    OLD_INSTANT("a point in time"),
    /** {@code getString} of something that is not text itself, in the form that the driver gives it. */
    SHOWN("no type that Caravan has");

    private final String label;

    Reading(String label) {
        this.label = label;
    }

    /** What the values are, for messages. */
    String label() {
        return label;
    }

    /** The types to which the values can be read, for messages. */
    String targets() {
        return switch (this) {
            case BOOLEAN -> "boolean and text";
            case ZERO_OR_ONE -> "boolean, smallint, integer, bigint and text";
            case INT, LONG, DECIMAL -> "smallint, integer, bigint, decimal(p,s) and text";
            case FLOAT -> "real, double precision and text";
            case DOUBLE -> "double precision and text";
            case TEXT -> "text and super";
            case BYTES -> "binary";
            case DATE, OLD_DATE -> "date, timestamp and text";
            case LOCAL, OLD_LOCAL -> "timestamp, date and text";
            case INSTANT, OLD_INSTANT -> "timestamptz and text";
            case SHOWN -> "text";
        };
    }

    /** Whether there is a reader that gives every value exactly or refuses it. */
    boolean reads(ColumnType type) {
        if (type instanceof ColumnType.Text) {
            // A driver's text of binary may be the bytes decoded as characters, which loses some.
            return this != BYTES;
        }
        return switch (this) {
            case BOOLEAN -> type instanceof ColumnType.Bool;
            case ZERO_OR_ONE -> type instanceof ColumnType.Bool || type instanceof ColumnType.Int;
            case INT, LONG, DECIMAL -> type instanceof ColumnType.Int || type instanceof ColumnType.Decimal;
            case FLOAT -> type instanceof ColumnType.FloatingPoint;
            case DOUBLE -> type instanceof ColumnType.FloatingPoint floating && floating.bytes() == Double.BYTES;
            case TEXT -> type instanceof ColumnType.Super;
            case BYTES -> type instanceof ColumnType.Binary;
            case DATE, OLD_DATE, LOCAL, OLD_LOCAL ->
                type instanceof ColumnType.Date
                        || (type instanceof ColumnType.Timestamp time && time.zone() == ColumnType.Zone.LOCAL);
            case INSTANT, OLD_INSTANT ->
                type instanceof ColumnType.Timestamp time && time.zone() == ColumnType.Zone.INSTANT;
            case SHOWN -> false;
        };
    }
}
