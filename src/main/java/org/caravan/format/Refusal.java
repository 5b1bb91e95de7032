package org.caravan.format;

import org.caravan.schema.Column;

/** A field's refusal of a value; the encoder knows the row and makes a {@link FormatException} of it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Column column;
    private final String value;
    private final String allowed;
    private final String remedy;

    Refusal(Column column, Object value, String allowed) {
        this(column, value, allowed, FormatException.remedy(column));
    }

    Refusal(Column column, Object value, String allowed, String remedy) {
        super(allowed, null, false, false);
        this.column = column;
        this.value = String.valueOf(value);
        this.allowed = allowed;
        this.remedy = remedy;
    }

    /** The refusal with its place; {@code row} counts from 0 within the file. */
    FormatException at(long row) {
        return FormatException.value(column, row, value, allowed, remedy);
    }
}
