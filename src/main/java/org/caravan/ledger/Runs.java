package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of a Camel context: opens one for an exchange and closes it with the exchange. Thread-safe; one per context, made when
 * first asked for, which must be before an exchange starts: the query component asks.
 *
 * <p>The run is closed by the exchange's unit of work, because neither {@code onException} nor {@code onCompletion} of a route is
 * called when a route is forced to stop.
 */
public final class Runs {
    /** The exchange property that holds the {@link Run}. */
    public static final String RUN = "CaravanRun";

    /** The exchange property that holds the {@link Resumption} of the run that the exchange is to carry. */
    public static final String RESUMPTION = "CaravanResumption";

    /**
     * The exchange property that holds the id of a run that a process began and did not end: the exchange goes on with it, or does it
     * anew.
     */
    public static final String INTERRUPTED = "CaravanInterrupted";

    /** The exchange property that holds the {@link GoingOn.Anew} of the run in whose place the exchange's is. */
    public static final String REPLACED = "CaravanReplaced";

    /** The exchange property that holds the hash of the query that the run has to repeat. */
    public static final String SAME_QUERY = "CaravanSameQuery";
    /** The exchange property that says that the run neither loads nor publishes. */
    private static final String KEPT = "CaravanTargetKept";

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final Clock clock = Clock.systemUTC();
    private final RouteTexts routes = new RouteTexts();
    private final Set<Run> active = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private volatile boolean stopped;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Openings openings = new Openings(routes);
    private final Set<PublishedMarks> warehouses = new CopyOnWriteArraySet<>();
    /** For each exchange under way in a Kamelet, the exchange that called it. */
    private final Map<String, String> callers = new ConcurrentHashMap<>();

    private final Map<String, Run> ownedByCaller = new ConcurrentHashMap<>();

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
            context.getManagementStrategy().addEventNotifier(runs.new CallerDone());
            context.getCamelContextExtension().addContextPlugin(Runs.class, runs);
        }
        return runs;
    }

    public void addListener(Listener listener) {
        listeners.add(requireNonNull(listener, "listener"));
    }

    /** Adds a warehouse that runs may be published to; one that equals another is asked once. */
    public void addWarehouse(PublishedMarks warehouse) {
        warehouses.add(requireNonNull(warehouse, "warehouse"));
    }

    /** Says who can look at the files of runs. */
    public void setFilesCheck(FilesCheck check) {
        openings.setFilesCheck(check);
    }

    /** The warehouses that runs may be published to. */
    public List<PublishedMarks> warehouses() {
        return List.copyOf(warehouses);
    }

    /**
     * The run of an exchange, opened now if it has none: it takes the lock of its pipeline in the ledger that is bound in the
     * registry. Without a ledger nothing is locked or kept.
     *
     * @throws CaravanException if another run of the pipeline is under way, or the ledger cannot be used
     */
    public Run begin(Exchange exchange, String pipeline) {
        return begin(exchange, pipeline, Optional::empty);
    }

    /**
     * The same.
     *
     * @param query gives the SQL of the query, which is asked for if a run is to go on that another process began
     */
    public Run begin(Exchange exchange, String pipeline, Supplier<Optional<String>> query) {
        Optional<Run> open = find(exchange);
        if (open.isPresent()) {
            return open.get();
        }
        if (stopping) {
            throw new CaravanException(
                    Category.INTERRUPTED, "Pipeline '" + pipeline + "' is not begun: the process is told to stop.");
        }
        Run run = openings.open(exchange, pipeline, clock.instant(), query);
        active.add(run);
        exchange.setProperty(RUN, run);
        exchange.getExchangeExtension().addOnCompletion(new Close(run));
        listeners.forEach(listener -> listener.begun(run));
        LOG.info("{} run {} begins", pipeline, run.id());
        return run;
    }

    /**
     * Tells all runs to stop, and lets none begin any more. A run ends as interrupted as soon as what it is doing ends.
     *
     * @return whether a run is still at work and does not free what it holds yet
     */
    public boolean stop() {
        stopping = true;
        boolean working = false;
        for (Run run : active) {
            if (stop(
                    run,
                    new CaravanException(
                            Category.INTERRUPTED,
                            "The run was stopped in step " + run.current().label() + "."))) {
                stopped = true;
                working = true;
            }
        }
        return working;
    }

    /**
     * Tells one run to stop; the others go on. It ends as interrupted as soon as what it is doing ends.
     *
     * @param why the message with which it ends, unless it has failed already
     * @return whether it is still at work; one that frees what it holds already ends as it would have
     */
    public static boolean stop(Run run, CaravanException why) {
        if (run.isClosing()) {
            return false;
        }
        run.fail(why);
        run.recovery().stop().request();
        return true;
    }

    /** Whether all runs were told to stop, and there was one. */
    public boolean wasStopped() {
        return stopped;
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

    /** Lets the run end well with the target as it is: the steps that load, verify and publish do nothing from now on. */
    public static void keepTarget(Exchange exchange) {
        exchange.setProperty(KEPT, true);
    }

    /** Whether the run neither loads nor publishes. */
    public static boolean keepsTarget(Exchange exchange) {
        return exchange.getProperty(KEPT, false, Boolean.class);
    }

    private void conclude(Run run, Exchange exchange) {
        // What a stop breaks off fails in many ways.
        Throwable error = run.recovery().stop().isRequested() ? run.failure().orElse(null) : exchange.getException();
        if (error == null) {
            error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        }
        if (error == null) {
            error = run.failure().orElse(null);
        }
        if (error == null) {
            error = Unfinished.of(run, keepsTarget(exchange)).orElse(null);
        }
        Optional<Failure> failure = Optional.ofNullable(error)
                .map(cause -> Failures.of(cause, run.current()))
                .map(why -> withPublication(run, why));
        Run.Outcome outcome = new Run.Outcome(clock.instant(), failure);
        boolean closed = run.close(outcome);
        active.remove(run);
        if (!closed) {
            return;
        }
        if (error != null) {
            LOG.debug("{} run {} failed", run.pipeline(), run.id(), error);
        }
        Run.Outcome stands = run.outcome().orElse(outcome);
        listeners.forEach(listener -> listener.ended(run, stands));
    }

    /** What was published before a run was told to stop is not undone. */
    private static Failure withPublication(Run run, Failure why) {
        return run.published()
                .filter(table -> run.recovery().stop().isRequested())
                .map(table -> new Failure(
                        why.category(),
                        why.message() + " It was published before that: its rows are in " + table + "."))
                .orElse(why);
    }

    /**
     * Closes the run with the exchange. A Kamelet works on a copy of the exchange that has a unit of work of its own, so a run
     * that begins inside one belongs to the exchange that called it.
     */
    private final class Close extends SynchronizationAdapter {
        private final Run run;

        Close(Run run) {
            this.run = run;
        }

        @Override
        public void onDone(Exchange exchange) {
            if (!passOn(run, exchange)) {
                conclude(run, exchange);
            }
        }
    }

    private boolean passOn(Run run, Exchange exchange) {
        String caller = callers.get(exchange.getExchangeId());
        if (caller != null) {
            ownedByCaller.put(caller, run);
        }
        return caller != null;
    }

    /** Closes the runs that began inside a Kamelet when the calling exchange is over. */
    private final class CallerDone extends SimpleEventNotifierSupport {
        CallerDone() {
            setIgnoreExchangeEvents(false);
            setIgnoreExchangeCreatedEvent(false);
            setIgnoreExchangeCompletedEvent(false);
            setIgnoreExchangeFailedEvents(false);
        }

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.ExchangeCreatedEvent created) {
                note(created.getExchange());
            } else if (event instanceof CamelEvent.ExchangeCompletedEvent
                    || event instanceof CamelEvent.ExchangeFailedEvent) {
                Exchange exchange = ((CamelEvent.ExchangeEvent) event).getExchange();
                Run run = ownedByCaller.remove(exchange.getExchangeId());
                if (run != null && !passOn(run, exchange)) {
                    conclude(run, exchange);
                }
                callers.remove(exchange.getExchangeId());
            }
        }

        /** Notes who calls a Kamelet now: when a Kamelet inside it has ended, the property tells something else. */
        private void note(Exchange exchange) {
            Endpoint from = exchange.getFromEndpoint();
            String caller = exchange.getProperty(Exchange.CORRELATION_ID, String.class);
            if (from != null && from.getEndpointUri().startsWith("kamelet:") && caller != null) {
                callers.put(exchange.getExchangeId(), caller);
            }
        }
    }
}
