package org.caravan.ledger;

import java.util.List;
import java.util.Optional;

/** Tells the runs that a ledger keeps. Thread-safe. */
public interface History {
    /**
     * The runs that began last, the latest first.
     *
     * @param pipeline of this pipeline only
     * @param limit how many at the most
     * @throws CaravanException if the ledger cannot be used
     */
    List<KeptRun> latest(Optional<String> pipeline, int limit);

    /**
     * The run of a pipeline that ended well last, of those that had rows.
     *
     * @throws CaravanException if the ledger cannot be used
     */
    Optional<KeptRun> lastGood(String pipeline);

    /**
     * One run with its steps, parts and digests.
     *
     * @throws CaravanException if the ledger cannot be used
     */
    Optional<RunDetails> find(RunId id);

    /**
     * The certificate of a run, as JSON; only runs that ended well and are published have one.
     *
     * @throws CaravanException if the ledger cannot be used
     */
    Optional<String> certificate(RunId id);
}
