package org.caravan.redshift;

import java.sql.SQLException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Step;

/** Refuses, before anything is loaded, a run whose target does not fit; alters nothing. */
final class ContractProducer extends DefaultProducer {
    private final RedshiftEndpoint endpoint;

    ContractProducer(RedshiftEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        Run run = Runs.current(exchange, getEndpoint().getEndpointUri());
        if (Runs.keepsTarget(exchange)) {
            return;
        }
        SchemaContract contract = endpoint.contract(run);
        try (Session session = Session.open(endpoint.warehouse(), run, Step.LOAD)) {
            try {
                contract.check(new LiveScript(session, Duration.ofMillis(endpoint.getLockWait())));
            } catch (SQLException e) {
                throw session.failure(Category.LOAD, "Looking up the columns of the target " + contract.target(), e);
            }
        }
    }
}
