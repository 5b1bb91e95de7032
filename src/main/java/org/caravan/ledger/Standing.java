package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a pipeline stands in the ledger; immutable.
 *
 * @param latest its runs that began last, the latest first: two at the most
 * @param lastDone when the last one ended that ended well
 */
public record Standing(List<KeptRun> latest, Optional<Instant> lastDone) {
    public Standing {
        latest = List.copyOf(latest);
        requireNonNull(lastDone, "lastDone");
    }

    /** The run that began last. */
    public Optional<KeptRun> last() {
        return latest.stream().findFirst();
    }

    /** The last of them that is over. */
    public Optional<KeptRun> lastOver() {
        return latest.stream().filter(run -> run.state() != RunState.RUNNING).findFirst();
    }
}
