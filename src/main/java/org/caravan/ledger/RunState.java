package org.caravan.ledger;

import java.util.Locale;

/** What the ledger says of a run. */
public enum RunState {
    RUNNING,
    DONE,
    FAILED,
    /** Stopped, or not heard of for so long that its lock expired. */
    INTERRUPTED;

    /** The state of a run that is over. */
    public static RunState of(Run.Outcome outcome) {
        return outcome.failure()
                .map(failure -> failure.category() == Category.INTERRUPTED ? INTERRUPTED : FAILED)
                .orElse(DONE);
    }

    /** The name as reports show it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
