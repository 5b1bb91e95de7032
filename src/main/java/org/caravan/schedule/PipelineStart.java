package org.caravan.schedule;

import java.time.Instant;

/** Runs a pipeline. Thread-safe. */
interface PipelineStart {
    /** Runs it to its end; a failure is the run's own to tell. */
    void start(Instant due);
}
