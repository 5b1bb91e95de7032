package org.caravan.observe;

import java.util.Locale;

/** What may be said of a pipeline, beside that all is well. */
public enum Condition {
    /** Its last run that is over did not end well. */
    FAILING,
    /** It was due, and no run of it began in time. */
    LATE,
    /** The ledger keeps no run of it. */
    NEVER_RAN,
    /** It does not run by its schedule until it is unpaused. */
    PAUSED,
    /** A run of it is under way. */
    RUNNING;

    /** The name as bodies show it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
