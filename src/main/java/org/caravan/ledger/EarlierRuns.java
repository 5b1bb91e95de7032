package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** The runs of a pipeline before this one of which the ledger does not know what became of them. Immutable. */
public final class EarlierRuns {
    private final Lease lease;

    EarlierRuns(Lease lease) {
        this.lease = requireNonNull(lease, "lease");
    }

    /**
     * Runs that ended otherwise than well, and of which Redshift was not asked since.
     *
     * @throws CaravanException if the ledger cannot be used
     */
    public List<RunId> unsettled() {
        return lease.unsettled();
    }

    /**
     * Notes what Redshift said of such a run, and that it left no table.
     *
     * @param target where it was published to, if it was
     * @throws CaravanException as {@link Lease#enter}
     */
    public void settle(RunId earlier, Optional<String> target) {
        lease.settle(earlier, target);
    }
}
