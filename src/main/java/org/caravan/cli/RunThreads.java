package org.caravan.cli;

import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;

/** Knows for which run a thread works: that of the exchange that it processes, in whatever step of a route. Thread-safe. */
final class RunThreads implements InterceptStrategy {
    private static final ThreadLocal<Exchange> EXCHANGE = new ThreadLocal<>();

    /** The run that this thread works for; empty if there is none, and if the run only frees what it holds. */
    static Optional<Run> run() {
        return Optional.ofNullable(EXCHANGE.get()).flatMap(Runs::find).filter(run -> !run.isClosing());
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new Noted(target);
    }

    private static final class Noted extends DelegateAsyncProcessor {
        Noted(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Exchange before = EXCHANGE.get();
            EXCHANGE.set(exchange);
            try {
                return super.process(exchange, callback);
            } finally {
                if (before == null) {
                    EXCHANGE.remove();
                } else {
                    EXCHANGE.set(before);
                }
            }
        }
    }
}
