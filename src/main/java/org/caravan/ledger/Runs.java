package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of a Camel context: opens one for an exchange and closes it with the exchange. Thread-safe; one per context, made when
 * first asked for.
 *
 * <p>The run is closed by the exchange's unit of work, because neither {@code onException} nor {@code onCompletion} of a route is
 * called when a route is forced to stop.
 */
public final class Runs {
    /** The exchange property that holds the {@link Run}. */
    public static final String RUN = "CaravanRun";

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final Clock clock = Clock.systemUTC();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Is told when a run begins and ends; must return soon. */
    public interface Listener {
        void begun(Run run);

        void ended(Run run, Run.Outcome outcome);
    }

    private Runs() {}

    /** The runs of a context. */
    public static synchronized Runs of(CamelContext context) {
        Runs runs = context.getCamelContextExtension().getContextPlugin(Runs.class);
        if (runs == null) {
            runs = new Runs();
            context.getCamelContextExtension().addContextPlugin(Runs.class, runs);
        }
        return runs;
    }

    public void addListener(Listener listener) {
        listeners.add(requireNonNull(listener, "listener"));
    }

    /** The run of an exchange, opened now if it has none. */
    public Run begin(Exchange exchange, String pipeline) {
        Optional<Run> open = find(exchange);
        if (open.isPresent()) {
            return open.get();
        }
        Instant start = clock.instant();
        Run run = new Run(RunId.at(start), pipeline, start);
        exchange.setProperty(RUN, run);
        exchange.getExchangeExtension().addOnCompletion(new Close(run));
        listeners.forEach(listener -> listener.begun(run));
        LOG.info("{} run {} begins", pipeline, run.id());
        return run;
    }

    /** The run that an exchange carries. */
    public static Optional<Run> find(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(RUN, Run.class));
    }

    /** The run that an exchange must carry for a step to make sense. */
    public static Run current(Exchange exchange, String step) {
        return find(exchange)
                .orElseThrow(() -> new CaravanException(
                        Category.CONFIG,
                        "'" + step + "' in route '" + exchange.getFromRouteId()
                                + "' is not part of a run; put a caravan-query step before it."));
    }

    private final class Close extends SynchronizationAdapter {
        private final Run run;

        Close(Run run) {
            this.run = run;
        }

        @Override
        public void onDone(Exchange exchange) {
            Throwable error = exchange.getException();
            if (error == null) {
                error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            }
            Optional<Failure> failure = Optional.ofNullable(error).map(cause -> Failures.of(cause, run.current()));
            Run.Outcome outcome = new Run.Outcome(clock.instant(), failure);
            run.close(outcome);
            if (error != null) {
                LOG.debug("{} run {} failed", run.pipeline(), run.id(), error);
            }
            listeners.forEach(listener -> listener.ended(run, outcome));
        }
    }
}
