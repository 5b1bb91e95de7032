package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Tells which increments a warehouse has; it is the truth of what was published. Thread-safe. */
public interface PublishedMarks {
    /**
     * The published runs of a pipeline that have noted how far they read, the last published first, when no publication of the
     * pipeline is under way any more.
     *
     * @throws CaravanException if the warehouse cannot be asked
     */
    List<Published> marks(String pipeline);

    /**
     * A published run; immutable.
     *
     * @param mode how it was published
     */
    record Published(RunId run, String mode, Mark mark) {
        public Published {
            requireNonNull(run, "run");
            requireNonNull(mode, "mode");
            requireNonNull(mark, "mark");
        }
    }
}
