package org.caravan.schedule;

import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Failures;
import org.caravan.ledger.Fire;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a route when Quartz says so. Its trigger is there as long as the route is. */
final class ScheduleConsumer extends DefaultConsumer implements PipelineRun {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleConsumer.class);

    private final ScheduleEndpoint endpoint;
    /** Not so in a context in which routes are only tried: Camel stops there what it has not started. */
    private volatile boolean added;

    ScheduleConsumer(ScheduleEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    private ScheduledPipelines pipelines() {
        return ((ScheduleComponent) endpoint.getComponent()).pipelines();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        added = true;
        pipelines().add(endpoint.plan(), this);
    }

    @Override
    protected void doStop() throws Exception {
        if (added && endpoint.getCamelContext().isStopping()) {
            pipelines().suspend(endpoint.getPipeline());
        } else if (added) {
            pipelines().remove(endpoint.getPipeline());
        }
        added = false;
        super.doStop();
    }

    @Override
    public Outcome run(Fire fire, Optional<RunId> interrupted) {
        Exchange exchange = createExchange(false);
        exchange.getMessage().setHeader(ScheduleConstants.DUE, fire.due());
        exchange.getMessage().setHeader(ScheduleConstants.FIRED, Instant.now());
        interrupted.ifPresent(run -> {
            exchange.getMessage().setHeader(ScheduleConstants.INTERRUPTED_RUN, run.value());
            exchange.setProperty(Runs.INTERRUPTED, run);
        });
        try {
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        Outcome outcome = outcome(exchange);
        releaseExchange(exchange, false);
        return outcome;
    }

    /** A run tells its outcome itself; what failed without one is told here. */
    private Outcome outcome(Exchange exchange) {
        Optional<Run> run = Runs.find(exchange);
        Optional<Failure> failure = run.flatMap(Run::outcome)
                .map(Run.Outcome::failure)
                .orElseGet(() ->
                        Optional.ofNullable(exchange.getException()).map(error -> Failures.of(error, Step.EXTRACT)));
        if (run.isEmpty()) {
            failure.ifPresent(why -> LOG.error("{} did not run: {}", endpoint.getPipeline(), why.message()));
        }
        return new Outcome(run.map(Run::id), failure);
    }
}
