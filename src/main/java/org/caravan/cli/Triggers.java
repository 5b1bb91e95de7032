package org.caravan.cli;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/**
 * Takes the schedule off the routes of a context, so that nothing runs but what is asked for: a route that a quartz or timer
 * trigger starts is started by a direct call instead. Add it to the context before the routes.
 */
final class Triggers extends ModelLifecycleStrategySupport {
    private static final Set<String> SCHEDULERS = Set.of("quartz", "timer", "cron", "scheduler");

    private final Set<String> pipelines = Collections.synchronizedSet(new TreeSet<>());

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        FromDefinition from = route.getInput();
        if (from == null || from.getEndpointUri() == null || !isScheduled(from.getEndpointUri())) {
            return;
        }
        String id = route.getId();
        if (id == null) {
            throw new CaravanException(
                    Category.CONFIG,
                    "The route from " + from.getEndpointUri()
                            + " has a schedule but no id; give it one (id: my-pipeline), by which it is run and reported.");
        }
        pipelines.add(id);
        route.setInput(null);
        route.setInput(new FromDefinition(uri(id)));
    }

    static boolean isScheduled(String uri) {
        int colon = uri.indexOf(':');
        return colon > 0 && SCHEDULERS.contains(uri.substring(0, colon));
    }

    /** Where a pipeline is called instead of by its schedule. */
    static String uri(String pipeline) {
        return "direct:caravan-run-" + pipeline;
    }

    /** The ids of the routes whose schedule was taken off. */
    Collection<String> pipelines() {
        return Set.copyOf(pipelines);
    }
}
