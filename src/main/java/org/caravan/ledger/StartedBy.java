package org.caravan.ledger;

import java.util.Locale;

/** What starts the runs of a process. */
public enum StartedBy {
    /** The service, by the pipeline's schedule. */
    SCHEDULE,
    /** The command line. */
    COMMAND,
    /** Another Camel application. */
    APPLICATION;

    /** The name as reports show it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
