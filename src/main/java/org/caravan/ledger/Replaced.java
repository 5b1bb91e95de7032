package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The run in whose place a run was begun; immutable.
 *
 * @param why it did not go on itself
 * @param published where it was published to, if it is known to be
 */
public record Replaced(RunId run, String why, Optional<String> published) {
    public Replaced {
        requireNonNull(run, "run");
        requireNonNull(why, "why");
        requireNonNull(published, "published");
    }
}
