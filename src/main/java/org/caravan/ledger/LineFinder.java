package org.caravan.ledger;

import java.util.Optional;

/** Reads single lines of a run's parts back, to explain an error. */
public interface LineFinder {
    /** A line of a part, the first being 1; empty if the part has no lines, not so many, or cannot be read. */
    Optional<String> line(StagedPart part, long number);
}
