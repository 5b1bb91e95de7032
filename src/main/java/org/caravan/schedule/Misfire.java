package org.caravan.schedule;

/** What becomes of times that passed while nothing could run. */
public enum Misfire {
    /** One run for all of them, at once. */
    RUN_ONCE,
    /** The next run is at the next time. */
    SKIP
}
