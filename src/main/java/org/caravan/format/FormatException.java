package org.caravan.format;

import java.util.Locale;

/**
 * Rows cannot be encoded as they are: a value does not fit its column, or a body is no stream of rows. Repeating the same
 * thing does not help.
 */
public final class FormatException extends RuntimeException {
    static final String CAST_OR_CORRECT = "Cast the column to a wider type in the SQL, or correct the value";

    public FormatException(String message) {
        super(message);
    }

    /** A value that its column's declared type does not allow; {@code row} counts from 0 within the file. */
    static FormatException value(ColumnName column, long row, Object value, String allowed) {
        return value(column, row, value, allowed, CAST_OR_CORRECT);
    }

    /** A value that is not allowed, and what to do about it. */
    static FormatException value(ColumnName column, long row, Object value, String allowed, String remedy) {
        return new FormatException(String.format(
                Locale.ROOT,
                "Column '%s' is %s, but row %d of the file has %s; allowed is %s. %s",
                column.name(),
                column.type(),
                row + 1,
                value,
                allowed,
                remedy));
    }

    /** What a message says of a column. */
    record ColumnName(String name, String type) {}
}
