package org.caravan.schema;

/**
 * How a table holds the values of a column. A staging table has only types for which COPY documents a mapping from the file's
 * format; publishing makes the column's own type of them, and whoever measures the staging table reads them as that.
 */
public enum Storage {
    /** In the column's own type. */
    AS_IS,
    /** A point in time as its UTC date and time, in TIMESTAMP. */
    UTC,
    /** Binary as hexadecimal digits, in VARCHAR. */
    HEX,
    /** A floating-point number as its shortest text, with NaN, Infinity and -Infinity, in VARCHAR. */
    NUMBER_TEXT,
    /** SUPER as JSON text, in VARCHAR. */
    JSON_TEXT
}
