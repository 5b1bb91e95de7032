package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A run as far as it decides what may be deleted; immutable.
 *
 * @param over when it was last known to do something: its end, or its start if no end was noted
 * @param table the target table, if the run was published
 * @param manifest the address (s3://…) of its manifest, once there was one
 * @param standing whether what readers see is this run's, or a watermark's: its files and its history stay
 */
public record OwnedRun(
        RunId id,
        String pipeline,
        RunState state,
        Instant over,
        Optional<String> table,
        Optional<String> manifest,
        boolean standing) {
    public OwnedRun {
        requireNonNull(id, "id");
        requireNonNull(pipeline, "pipeline");
        requireNonNull(state, "state");
        requireNonNull(over, "over");
        requireNonNull(table, "table");
        requireNonNull(manifest, "manifest");
    }
}
