package org.caravan.schema;

/** A value that cannot be carried unchanged; the message says what is wrong with it, its reader adds where it stands. */
public final class ValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ValueException(String message) {
        super(message);
    }
}
