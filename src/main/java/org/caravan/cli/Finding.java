package org.caravan.cli;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;

/**
 * One thing that was checked; immutable.
 *
 * @param subject what was checked, in a few words
 * @param message what was found, or what is wrong and how it is mended
 * @param category what kind of problem it is; empty if it is none
 */
record Finding(String subject, String message, Optional<Category> category) {
    Finding {
        requireNonNull(subject, "subject");
        message = Masking.masked(message);
        requireNonNull(category, "category");
    }

    static Finding ok(String subject, String message) {
        return new Finding(subject, message, Optional.empty());
    }

    static Finding problem(String subject, Failure failure) {
        return new Finding(subject, failure.message(), Optional.of(failure.category()));
    }

    static Finding problem(String subject, String message) {
        return new Finding(subject, message, Optional.of(Category.CONFIG));
    }

    boolean isOk() {
        return category.isEmpty();
    }
}
