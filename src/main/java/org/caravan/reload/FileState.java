package org.caravan.reload;

import java.time.Instant;
import java.util.Optional;

/**
 * A file of the routes or the settings at one time; immutable.
 *
 * @param file its path below its folder
 * @param good the SHA-256 of the version in force; empty if none is
 * @param other the SHA-256 of the version that waits or is refused; empty if there is none, or the file is deleted
 * @param problem why the other version is refused
 * @param since when the status began
 */
public record FileState(
        String file,
        Status status,
        Optional<String> good,
        Optional<String> other,
        Optional<Problem> problem,
        Instant since) {
    /** How it stands with a file. */
    public enum Status {
        /** What the file holds is in force. */
        LIVE,
        /** What the file holds will be in force when the runs in its routes are over; until then the version before is. */
        WAITING,
        /** What the file holds is refused; the version before is in force, if there was one. */
        REFUSED
    }
}
