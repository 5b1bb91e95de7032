package org.caravan.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schedule.ScheduleEndpoint;

/**
 * When a service runs a pipeline; immutable.
 *
 * @param trigger what starts the pipeline, as its route says it, without its options
 * @param schedule what Caravan knows of it; empty if something else of Camel starts it
 */
record PlannedPipeline(String pipeline, String trigger, Optional<ScheduleEndpoint> schedule) {
    /**
     * Reads the schedule of a pipeline of a dry host.
     *
     * @throws CaravanException if it is not right
     */
    static PlannedPipeline of(Host host, String pipeline) {
        CamelContext context = host.context();
        String uri = host.schedule(pipeline).orElseThrow();
        Optional<ScheduleEndpoint> schedule;
        try {
            schedule = QuartzRoutes.schedule(context, pipeline, uri)
                    .map(made -> context.getEndpoint(made, ScheduleEndpoint.class));
        } catch (RuntimeException e) {
            throw new CaravanException(Category.CONFIG, RouteErrors.explain(e), e);
        }
        schedule.filter(known -> !known.getPipeline().equals(pipeline)).ifPresent(known -> {
            throw new CaravanException(
                    Category.CONFIG,
                    "The route '" + pipeline + "' starts from caravan-schedule:" + known.getPipeline()
                            + "; say caravan-schedule:" + pipeline + ", so that its runs are found by its name.");
        });
        return new PlannedPipeline(pipeline, uri.replaceFirst("(?s)\\?.*", ""), schedule);
    }

    /** When it runs, in English. */
    String words() {
        return schedule.map(known -> known.words() + ", " + known.getTimeZone())
                .orElse("started by " + trigger + ", of which Caravan knows no times");
    }

    /** The next times, at most so many. */
    List<Instant> next(Instant after, int count) {
        return schedule.map(known -> known.next(after, count)).orElse(List.of());
    }
}
