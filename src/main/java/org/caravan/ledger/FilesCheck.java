package org.caravan.ledger;

import java.util.List;

/** Looks at files that a run has staged. Thread-safe. */
@FunctionalInterface
public interface FilesCheck {
    /**
     * What of a run's parts is not as it was encoded; empty if all are.
     *
     * @param manifest the address of the run's manifest
     */
    List<String> problems(String manifest, List<StagedPart> parts);
}
