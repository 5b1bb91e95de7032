package org.caravan.redshift;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the load ledger in Redshift keeps of a run that is published; immutable. It was committed with the rows.
 *
 * @param token the fencing token of the run's lock; empty if no ledger kept the run
 * @param mode how the target changed
 * @param target the target table's full name
 * @param rowsAfter the rows of the whole target when the run was published
 * @param digest the digest of the run's rows, if it was computed
 * @param watermark how far the source was read, if the run notes that
 */
public record Publication(
        String run,
        OptionalLong token,
        String mode,
        String target,
        long inserted,
        long updated,
        long deleted,
        long rowsAfter,
        Optional<String> digest,
        Optional<String> watermark) {
    public Publication {
        requireNonNull(run, "run");
        requireNonNull(token, "token");
        requireNonNull(mode, "mode");
        requireNonNull(target, "target");
        requireNonNull(digest, "digest");
        requireNonNull(watermark, "watermark");
    }
}
