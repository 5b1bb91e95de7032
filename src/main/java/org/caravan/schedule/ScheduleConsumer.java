package org.caravan.schedule;

import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a route when Quartz says so. Its trigger is there as long as the route is. */
final class ScheduleConsumer extends DefaultConsumer implements PipelineStart {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleConsumer.class);

    private final ScheduleEndpoint endpoint;
    private final PipelineScheduler scheduler;

    ScheduleConsumer(ScheduleEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.scheduler = new PipelineScheduler(endpoint.getPipeline(), endpoint.timetable(), endpoint.misfires());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        scheduler.start(((ScheduleComponent) endpoint.getComponent()).scheduler(), this);
    }

    @Override
    protected void doStop() throws Exception {
        scheduler.stop();
        super.doStop();
    }

    @Override
    public void start(Instant due) {
        Exchange exchange = createExchange(false);
        exchange.getMessage().setHeader(ScheduleConstants.DUE, due);
        exchange.getMessage().setHeader(ScheduleConstants.FIRED, Instant.now());
        try {
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        } finally {
            if (exchange.getException() != null) {
                LOG.debug(
                        "{}: the run that was due at {} failed", endpoint.getPipeline(), due, exchange.getException());
            }
            releaseExchange(exchange, false);
        }
    }
}
