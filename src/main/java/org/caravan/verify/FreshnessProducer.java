package org.caravan.verify;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.caravan.ledger.Evidence.Compared;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Step;
import org.caravan.schema.TableName;

/** Compares the run that an engine reads in the load ledger with the one under way; before the run is published it does nothing. */
final class FreshnessProducer extends DefaultProducer {
    private final Engine engine;

    FreshnessProducer(VerifyEndpoint endpoint, Engine engine) {
        super(endpoint);
        this.engine = engine;
    }

    @Override
    public void process(Exchange exchange) {
        Run run = Runs.current(exchange, getEndpoint().getEndpointUri());
        Optional<TableName> ledger = run.proof().evidence().loadLedger();
        if (ledger.isPresent()) {
            // An empty table is answered by no row.
            boolean none = exchange.getMessage().getBody() instanceof List<?> body && body.equals(List.of(List.of()));
            Freshness.check(
                    engine,
                    run,
                    ledger.get(),
                    none ? List.of() : Answers.of(exchange.getMessage().getBody()));
            run.proof().evidence().add(ledger.get(), engine.point(), EnumSet.of(Compared.FRESHNESS));
            run.end(Step.VERIFY);
        }
    }
}
