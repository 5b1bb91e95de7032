package org.caravan.ledger;

import java.util.Optional;

/** Requests to cancel runs that any process carries which shares the ledger. Thread-safe. */
public interface Cancellations {
    /**
     * Asks that a run be cancelled. It sees that at its next heartbeat or step, and {@link RunDetails#cancellation} tells. Who asks
     * again changes nothing.
     *
     * @return the request; empty if there is no such run, or its end is noted
     * @throws CaravanException if the ledger cannot be used
     */
    Optional<Cancellation> ask(RunId run);
}
