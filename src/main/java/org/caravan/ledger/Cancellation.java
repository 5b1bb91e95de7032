package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * That somebody asked for a run to be cancelled.
 *
 * @param asked when, by the ledger's clock
 * @param host where the one who asked was, as are the process and the user
 * @param seen when the run saw it; empty if it has not
 */
public record Cancellation(Instant asked, String host, long pid, String user, Optional<Instant> seen) {
    public Cancellation {
        requireNonNull(asked, "asked");
        requireNonNull(host, "host");
        requireNonNull(user, "user");
        requireNonNull(seen, "seen");
    }

    /** Who asked, for messages. */
    public String by() {
        return "user " + user + " on host " + host + " (process " + pid + ")";
    }
}
