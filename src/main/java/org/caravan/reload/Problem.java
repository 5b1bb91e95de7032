package org.caravan.reload;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * Why a version of a file is refused; immutable.
 *
 * @param message what is wrong and how it is mended, in one line
 * @param line the line of the file that it is about, if that is known; the first is 1
 */
public record Problem(String message, OptionalInt line) {
    public Problem {
        requireNonNull(message, "message");
        requireNonNull(line, "line");
    }

    static Problem of(String message) {
        return new Problem(message, OptionalInt.empty());
    }
}
