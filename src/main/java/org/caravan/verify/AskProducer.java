package org.caravan.verify;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.service.ServiceHelper;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Failures;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Step;

/**
 * Asks another endpoint, such as camel-jdbc's, the statement that is the body, and asks again where a transient fault stopped it.
 * Camel's own redelivery leaves the exception of an attempt on the exchange, by which a run would be taken for one that failed.
 */
final class AskProducer extends DefaultProducer {
    private final Producer engine;

    AskProducer(VerifyEndpoint endpoint, Endpoint via) throws Exception {
        super(endpoint);
        this.engine = via.createProducer();
    }

    @Override
    public void process(Exchange exchange) {
        Run run = Runs.current(exchange, getEndpoint().getEndpointUri());
        Object statement = exchange.getMessage().getBody();
        run.recovery().retries().call(Step.VERIFY, attempt -> ask(exchange, statement));
    }

    private Exchange ask(Exchange exchange, Object statement) {
        exchange.getMessage().setBody(statement);
        try {
            engine.process(exchange);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            Failure failure = Failures.of(e, Step.VERIFY);
            throw new CaravanException(failure.category(), failure.message(), e);
        }
        return exchange;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ServiceHelper.startService(engine);
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(engine);
        super.doStop();
    }
}
