package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** Tells how far the ledger says that sources were read. Thread-safe. */
public interface Watermarks {
    /**
     * The mark of a pipeline: that of the last run which was published and verified.
     *
     * @param name what it is of
     * @throws CaravanException if the ledger cannot be used
     */
    Optional<Kept> mark(String pipeline, String name);

    /**
     * What a run reads, if it reads an increment.
     *
     * @throws CaravanException if the ledger cannot be used
     */
    Optional<Increment> increment(RunId run);

    /**
     * A mark as the ledger keeps it; immutable.
     *
     * @param run whose mark it is
     */
    record Kept(Mark mark, RunId run, Instant advanced) {
        public Kept {
            requireNonNull(mark, "mark");
            requireNonNull(run, "run");
            requireNonNull(advanced, "advanced");
        }
    }
}
