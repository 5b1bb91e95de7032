package org.caravan.cli;

import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.URISupport;

/**
 * Lets routes from {@code quartz:} with a cron start by {@code caravan-schedule:}, with the same times: Camel's own component leaves
 * triggers of routes that went in a clustered job store, and does not see that a time zone changed. Add it to the context before the
 * routes.
 */
final class QuartzRoutes extends ModelLifecycleStrategySupport {
    private static final String CRON = "cron";
    private static final String ZONE = "trigger.timeZone";
    private static final String MISFIRE = "trigger.misfireInstruction";
    private static final String SKIP = "2";

    /** What is understood of quartz; with anything else the route stays with it. */
    private static final Set<String> UNDERSTOOD =
            Set.of(CRON, ZONE, MISFIRE, "stateful", "durableJob", "recoverableJob", "deleteJob");

    private static final Set<String> INSTRUCTIONS = Set.of("0", "1", SKIP);

    private final CamelContext context;

    QuartzRoutes(CamelContext context) {
        this.context = context;
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        FromDefinition from = route.getInput();
        if (from == null || from.getEndpointUri() == null || route.getId() == null) {
            return;
        }
        schedule(context, route.getId(), from.getEndpointUri()).ifPresent(uri -> {
            route.setInput(null);
            route.setInput(new FromDefinition(uri));
        });
    }

    /**
     * The address by which Caravan starts a pipeline.
     *
     * @param uri of the route's trigger, with placeholders
     * @return empty if the trigger is none of Caravan's, and not understood by it
     */
    static Optional<String> schedule(CamelContext context, String pipeline, String uri) {
        if (uri.startsWith("caravan-schedule:")) {
            return Optional.of(uri);
        }
        if (!uri.startsWith("quartz:")) {
            return Optional.empty();
        }
        String resolved = context.resolvePropertyPlaceholders(uri);
        int question = resolved.indexOf('?');
        Map<String, Object> options = question < 0 ? Map.of() : options(resolved.substring(question + 1));
        String misfire = String.valueOf(options.getOrDefault(MISFIRE, "0"));
        if (!options.containsKey(CRON)
                || !UNDERSTOOD.containsAll(options.keySet())
                || !INSTRUCTIONS.contains(misfire)) {
            return Optional.empty();
        }
        StringBuilder made = new StringBuilder("caravan-schedule:" + pipeline + "?cron=" + raw(options.get(CRON)));
        Optional.ofNullable(options.get(ZONE))
                .ifPresent(zone -> made.append("&timeZone=").append(raw(zone)));
        if (misfire.equals(SKIP)) {
            made.append("&misfire=skip");
        }
        return Optional.of(made.toString());
    }

    private static String raw(Object value) {
        return "RAW(" + value + ")";
    }

    /** The options of a query; a plus sign, which some write for a blank, is one. */
    private static Map<String, Object> options(String query) {
        Map<String, Object> options = new LinkedHashMap<>();
        try {
            URISupport.parseQuery(query).forEach((name, value) -> options.put(name, text(String.valueOf(value))));
        } catch (URISyntaxException e) {
            return Map.of();
        }
        return options;
    }

    private static String text(String value) {
        return value.startsWith("RAW(") && value.endsWith(")")
                ? value.substring("RAW(".length(), value.length() - 1)
                : value;
    }
}
