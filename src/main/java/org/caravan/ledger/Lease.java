package org.caravan.ledger;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a run has of the ledger while it is under way: its pipeline's lock, and where its progress is noted. Thread-safe. */
public interface Lease {
    /** The lease of a run that is not kept. */
    Lease NONE = new Lease() {
        @Override
        public OptionalLong token() {
            return OptionalLong.empty();
        }

        @Override
        public void enter(Step step) {
            // Nobody asks later.
        }

        @Override
        public void add(StagedPart part) {
            // Nobody asks later.
        }

        @Override
        public Run.Outcome end(Run.Outcome how) {
            return how;
        }
    };

    /** Where the ledger says that the run comes from; empty if nothing is kept. */
    default Optional<Origin> origin() {
        return Optional.empty();
    }

    /** The fencing token: greater than that of every earlier run of the pipeline; empty if nothing is locked. */
    OptionalLong token();

    /**
     * Notes that a step begins, and all that the run knows of itself by now.
     *
     * @throws CaravanException if the lock is lost or the ledger cannot be used; the step must not begin
     */
    void enter(Step step);

    /**
     * Notes a part before it leaves this machine, so that what a crash leaves in the bucket is known.
     *
     * @throws CaravanException as {@link #enter}
     */
    void add(StagedPart part);

    /** See {@link EarlierRuns#unsettled}. */
    default List<RunId> unsettled() {
        return List.of();
    }

    /** See {@link EarlierRuns#settle}. */
    default void settle(RunId earlier, Optional<String> target) {
        // Nobody asks later.
    }

    /**
     * Notes the end of the run, and releases the lock. To be called once, when nothing is left to do.
     *
     * @return the outcome that stands: a run whose end could not be noted did not end well
     */
    Run.Outcome end(Run.Outcome how);
}
