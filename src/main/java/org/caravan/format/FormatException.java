package org.caravan.format;

import java.util.Locale;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;

/**
 * Rows cannot be encoded as they are: a value does not fit its column, or a body is no stream of rows. Repeating the same
 * thing does not help.
 */
public final class FormatException extends RuntimeException {
    static final String CORRECT = "Correct the value in the SQL";

    public FormatException(String message) {
        super(message);
    }

    /** A value that is not allowed, and what to do about it; {@code row} counts from 0 within the file. */
    static FormatException value(Column column, long row, Object value, String allowed, String remedy) {
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

    /** What to do about a value that is too large for its column. */
    static String remedy(Column column) {
        return "Correct the value or cast the column to a wider type in the SQL, or set columns." + column.name()
                + ".onOverflow=" + (column.type() instanceof ColumnType.Text ? "truncate or null" : "null");
    }
}
