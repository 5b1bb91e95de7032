package org.caravan.ledger;

import java.util.Optional;

/** Where runs are kept, and where a run gets its pipeline's lock. Thread-safe. */
public interface Ledger {
    /**
     * Takes the lock of a run's pipeline, and keeps the run from now on.
     *
     * @throws CaravanException if another run holds the lock, or the ledger cannot be used; then nothing is kept
     */
    Lease begin(Run run);

    /** What is kept of schedules; empty if nothing is. */
    default Optional<Schedules> schedules() {
        return Optional.empty();
    }

    /** A ledger for applications that have none: it forgets a run with its exchange, and locks nothing. */
    static Ledger none() {
        return run -> Lease.NONE;
    }
}
