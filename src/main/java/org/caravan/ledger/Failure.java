package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

/** Why a run failed: a category and one message. */
public record Failure(Category category, String message) {
    public Failure {
        requireNonNull(category, "category");
        requireNonNull(message, "message");
    }
}
