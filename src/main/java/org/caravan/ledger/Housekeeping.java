package org.caravan.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what the runs of a ledger own, so that it can be deleted, and forgets runs. Thread-safe. */
public interface Housekeeping {
    /**
     * The runs that the ledger knows, the oldest first.
     *
     * @param pipeline of this pipeline only
     * @throws CaravanException if the ledger cannot be used
     */
    List<OwnedRun> runs(Optional<String> pipeline);

    /** The S3 keys of each run's parts, which were noted before each was uploaded; of the same runs. */
    Map<RunId, Set<String>> keys(Optional<String> pipeline);

    /**
     * Notes that what a run left behind is about to be deleted.
     *
     * @return whether it may be: a run that is under way owns its files
     */
    boolean claim(RunId run);

    /** When deleting what a run left behind was begun last; empty if it never was, or the run is not known. */
    Optional<Instant> claimed(RunId run);

    /**
     * Forgets a run with all that is kept of it; the lock of its pipeline stays.
     *
     * @return whether it is forgotten: not one that is under way, that was published last, or that a watermark names
     */
    boolean forget(RunId run);
}
