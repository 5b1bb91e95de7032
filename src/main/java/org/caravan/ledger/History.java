package org.caravan.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
     * How pipelines stand.
     *
     * @return of each pipeline its runs that began last; of one that never ran none
     * @throws CaravanException if the ledger cannot be used
     */
    Map<String, Standing> standings(Set<String> pipelines);

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
