package org.caravan.redshift;

import java.time.Duration;
import java.util.List;
import org.caravan.ledger.PublishedMarks;

/** What the load ledgers of a staging schema tell of increments; equal if it is the same schema by the same settings. Immutable. */
final class LoadLedgers implements PublishedMarks {
    private final RedshiftEndpoint endpoint;

    LoadLedgers(RedshiftEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public List<Published> marks(String pipeline) {
        return endpoint.loadLedger().marks(pipeline, Duration.ofMillis(endpoint.getLockWait()));
    }

    private List<String> place() {
        return List.of(endpoint.settings(), endpoint.getStagingSchema());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoadLedgers ledgers && ledgers.place().equals(place());
    }

    @Override
    public int hashCode() {
        return place().hashCode();
    }
}
