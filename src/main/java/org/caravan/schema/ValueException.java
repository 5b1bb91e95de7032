package org.caravan.schema;

import java.util.Optional;

/** A value that cannot be carried unchanged; the message says what is wrong with it, its reader adds where it stands. */
public final class ValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String mend;

    public ValueException(String message) {
        this(message, "");
    }

    /** @param mend what may be done about it, as a sentence without its full stop */
    public ValueException(String message, String mend) {
        super(message);
        this.mend = mend;
    }

    /** What may be done about it, if that is special to this value. */
    public Optional<String> mend() {
        return mend.isEmpty() ? Optional.empty() : Optional.of(mend);
    }
}
