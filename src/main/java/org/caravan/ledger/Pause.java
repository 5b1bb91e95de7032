package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * That a pipeline does not run by its schedule; immutable.
 *
 * @param by the user and host
 * @param reason what they said; may be empty
 */
public record Pause(Instant since, String by, String reason) {
    public Pause {
        requireNonNull(since, "since");
        requireNonNull(by, "by");
        requireNonNull(reason, "reason");
    }
}
