package org.caravan.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.reload.RouteErrors;
import org.caravan.schedule.ScheduleEndpoint;
import org.caravan.settings.Settings;

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

    /**
     * Makes sure that there is a pipeline of that name.
     *
     * @throws CaravanException naming those that there are
     */
    static void checkExists(Settings settings, Path routes, String pipeline) {
        List<Path> files = Host.files(settings, routes);
        try (Host host = Host.dry(settings.with(Checks.stand(settings.problems(routes))), routes)) {
            RouteFiles.load(host.context(), files);
            if (!host.pipelines().contains(pipeline)) {
                throw new CaravanException(
                        Category.CONFIG,
                        "There is no pipeline '" + pipeline + "' in the files of " + routes + " that load; there are: "
                                + String.join(", ", host.pipelines()) + ".");
            }
        }
    }

    /** The pipelines and groups that it follows and that are not there. */
    List<String> missing(Collection<PlannedPipeline> all) {
        return schedule.map(ScheduleEndpoint::follows).orElse(Set.of()).stream()
                .filter(other -> all.stream()
                        .noneMatch(known -> known.pipeline().equals(other)
                                || known.schedule()
                                        .filter(of -> other.equals("group:" + of.getGroup()))
                                        .isPresent()))
                .toList();
    }

    /** When it runs, in English. */
    String words() {
        return schedule.map(ScheduleEndpoint::words)
                .orElse("started by " + trigger + ", of which Caravan knows no times");
    }

    /** The next times, at most so many. */
    List<Instant> next(Instant after, int count) {
        return schedule.map(known -> known.next(after, count)).orElse(List.of());
    }
}
