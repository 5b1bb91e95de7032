package org.caravan.schedule;

import java.util.Optional;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Fire;
import org.caravan.ledger.RunId;

/** Runs a pipeline. Thread-safe. */
interface PipelineRun {
    /**
     * Runs it to its end.
     *
     * @param interrupted the run that another node began for this time and did not end
     */
    Outcome run(Fire fire, Optional<RunId> interrupted);

    /** What came of it. */
    record Outcome(Optional<RunId> run, Optional<Failure> failure) {}
}
