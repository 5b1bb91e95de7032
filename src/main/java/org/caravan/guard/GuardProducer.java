package org.caravan.guard;

import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.History;
import org.caravan.ledger.KeyRule;
import org.caravan.ledger.MeasuredRows;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;

/** Checks the rows that were staged, and leaves the rules on keys to the load. */
final class GuardProducer extends DefaultProducer {
    private final GuardEndpoint endpoint;

    GuardProducer(GuardEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        Run run = Runs.current(exchange, getEndpoint().getEndpointUri());
        if (Runs.keepsTarget(exchange)) {
            return;
        }
        MeasuredRows measured = exchange.getProperty(MeasuredRows.PROPERTY, MeasuredRows.class);
        if (measured == null || run.manifest().isEmpty() || run.table().isPresent()) {
            throw new CaravanException(
                    Category.CONFIG,
                    "caravan-guard:rows of pipeline '" + run.pipeline()
                            + "' stands in the wrong place; put it after caravan-stage:manifest and before"
                            + " caravan-redshift:load.");
        }
        Guards guards = endpoint.guards();
        guards.check(run, new Facts(run.pipeline(), run.columns().orElseThrow(), measured, history()));
        exchange.setProperty(KeyRule.PROPERTY, guards.keyRules());
    }

    private Optional<History> history() {
        Set<History> bound = endpoint.getCamelContext().getRegistry().findByType(History.class);
        return bound.stream().findFirst();
    }
}
