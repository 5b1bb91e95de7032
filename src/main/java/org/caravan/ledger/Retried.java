package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A step that was tried again; immutable.
 *
 * @param attempt the attempt that failed, from 1
 * @param fault the name of the fault in the table of transient faults
 * @param waited how long the step waited before the next attempt
 */
public record Retried(Step step, int attempt, String fault, Duration waited) {
    public Retried {
        requireNonNull(step, "step");
        requireNonNull(fault, "fault");
        requireNonNull(waited, "waited");
    }
}
