package org.caravan.cli;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    private static final Set<String> SCHEDULERS = Set.of("caravan-schedule", "quartz", "timer", "cron", "scheduler");

    /** The addresses of the triggers by the ids of their routes. */
    private final Map<String, String> taken = Collections.synchronizedMap(new TreeMap<>());

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
        taken.put(id, from.getEndpointUri());
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
        return Set.copyOf(taken.keySet());
    }

    /** The address of the trigger that was taken off a pipeline, with its placeholders. */
    Optional<String> schedule(String pipeline) {
        return Optional.ofNullable(taken.get(pipeline));
    }
}
