package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of a version of a file that a service follows; immutable.
 *
 * @param file its path below its folder
 * @param sha256 of its content, in hexadecimal digits
 * @param message what is in force, or why it is refused
 * @param author who owns the file, as its file system tells
 */
public record FileChange(
        Instant at, String file, String sha256, Outcome outcome, String message, Optional<String> author) {
    /** What became of it. */
    public enum Outcome {
        ACCEPTED,
        REFUSED,
        /** The file is deleted, and what it held is in force no longer. */
        REMOVED
    }

    public FileChange {
        requireNonNull(at, "at");
        requireNonNull(file, "file");
        requireNonNull(sha256, "sha256");
        requireNonNull(outcome, "outcome");
        requireNonNull(message, "message");
        requireNonNull(author, "author");
    }
}
