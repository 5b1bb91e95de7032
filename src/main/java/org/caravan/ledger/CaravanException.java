package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

/** An error that a user can act on: its message says what was wrong, where, and what to do, and holds no secret. */
public sealed class CaravanException extends RuntimeException permits RefusedResumption {
    private static final long serialVersionUID = 1L;

    private final Category category;

    public CaravanException(Category category, String message) {
        super(requireNonNull(message, "message"));
        this.category = requireNonNull(category, "category");
    }

    public CaravanException(Category category, String message, Throwable cause) {
        super(requireNonNull(message, "message"), cause);
        this.category = requireNonNull(category, "category");
    }

    public Category category() {
        return category;
    }
}
