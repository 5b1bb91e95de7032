package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * That a run went on which had ended before it was done, or was begun in the place of one; immutable.
 *
 * @param interrupted the run that had ended: the same that goes on, or another
 * @param before the process that had it
 * @param anew why it did not go on itself, if another was begun in its place
 */
public record Resumed(
        RunId interrupted, Instant at, StartedBy startedBy, Holder by, Holder before, Optional<String> anew) {
    public Resumed {
        requireNonNull(interrupted, "interrupted");
        requireNonNull(at, "at");
        requireNonNull(startedBy, "startedBy");
        requireNonNull(by, "by");
        requireNonNull(before, "before");
        requireNonNull(anew, "anew");
    }

    /** A process that has runs. */
    public record Holder(String host, long pid, String user) {
        @Override
        public String toString() {
            return "process " + pid + " of user " + user + " on host " + host;
        }
    }
}
