package org.caravan.cli;

import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.caravan.ledger.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the failures of exchanges that carry no run: routes that a user added. A run tells its own. */
final class OtherFailures extends SimpleEventNotifierSupport {
    private static final Logger LOG = LoggerFactory.getLogger(OtherFailures.class);

    OtherFailures() {
        setIgnoreExchangeEvents(false);
        setIgnoreExchangeFailedEvents(false);
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.ExchangeFailedEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        Exchange exchange = ((CamelEvent.ExchangeEvent) event).getExchange();
        boolean part = exchange.getProperty(Exchange.CORRELATION_ID) != null;
        if (!part && Runs.find(exchange).isEmpty()) {
            LOG.error("Route {} failed", exchange.getFromRouteId(), exchange.getException());
        }
    }
}
