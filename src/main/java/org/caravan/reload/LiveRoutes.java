package org.caravan.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the Camel that works: puts those of a version in, and takes them out when nothing runs in them. One thread. */
final class LiveRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
    /** How long a route that seems idle may take to stop before it goes on. */
    private static final int STOP_SECONDS = 1;

    private final ModelCamelContext context;

    LiveRoutes(ModelCamelContext context) {
        this.context = context;
        context.addModelLifecycleStrategy(new OwnKamelets());
    }

    /**
     * Loads a version and starts its routes. If that fails nothing of it stays.
     *
     * @throws Exception what Camel throws
     */
    Loaded add(Version version) throws Exception {
        Before before = new Before(context);
        try {
            replaceShipped(version);
            PluginHelper.getRoutesLoader(context).loadRoutes(version.resource());
        } catch (Exception e) {
            Loaded part = before.added(context);
            removeNow(part);
            before.addedEndpoints(context).forEach(this::remove);
            throw e;
        }
        return before.added(context);
    }

    /** Camel has loaded a Kamelet of the class path under the name of this one: the folder's takes its place. */
    private void replaceShipped(Version version) throws Exception {
        for (RouteTemplateDefinition template : List.copyOf(context.getRouteTemplateDefinitions())) {
            if (Before.isShipped(template)
                    && version.kamelet().filter(template.getId()::equals).isPresent()) {
                context.removeRouteTemplateDefinition(template);
            }
        }
    }

    /** What is there before a version is loaded. */
    private record Before(
            Set<RouteDefinition> routes,
            Set<RouteTemplateDefinition> templates,
            Set<RouteConfigurationDefinition> configurations,
            Set<Endpoint> endpoints) {
        Before(ModelCamelContext context) {
            this(
                    identical(context.getRouteDefinitions()),
                    identical(context.getRouteTemplateDefinitions()),
                    identical(context.getRouteConfigurationDefinitions()),
                    identical(context.getEndpoints()));
        }

        private static <T> Set<T> identical(Collection<T> elements) {
            Set<T> set = Collections.newSetFromMap(new IdentityHashMap<>());
            set.addAll(elements);
            return set;
        }

        Loaded added(ModelCamelContext context) {
            List<RouteDefinition> added = new ArrayList<>(context.getRouteDefinitions());
            added.removeIf(routes::contains);
            // What starts runs is stopped before the Kamelets that it calls.
            added.sort(Comparator.comparing(route -> Boolean.TRUE.equals(route.isKamelet())));
            return new Loaded(
                    added,
                    context.getRouteTemplateDefinitions().stream()
                            .filter(template -> !templates.contains(template) && !isShipped(template))
                            .toList(),
                    context.getRouteConfigurationDefinitions().stream()
                            .filter(configuration -> !configurations.contains(configuration))
                            .toList());
        }

        /** A Kamelet of the class path, which Camel loads when it is first used; it belongs to no file. */
        private static boolean isShipped(RouteTemplateDefinition template) {
            return template.getResource() != null
                    && "classpath".equals(template.getResource().getScheme());
        }

        List<Endpoint> addedEndpoints(ModelCamelContext context) {
            return context.getEndpoints().stream()
                    .filter(endpoint -> !endpoints.contains(endpoint))
                    .toList();
        }
    }

    /** How many runs are under way in the routes. */
    int running(Loaded loaded) {
        return loaded.routeIds().stream()
                .mapToInt(id -> context.getInflightRepository().size(id))
                .sum();
    }

    /**
     * Takes the routes out.
     *
     * @return false if a run began meanwhile; then all go on as before
     */
    boolean remove(Loaded loaded) throws Exception {
        List<String> stopped = new ArrayList<>();
        for (String id : loaded.routeIds()) {
            if (context.getRoute(id) == null) {
                continue;
            }
            if (!context.getRouteController().stopRoute(id, STOP_SECONDS, TimeUnit.SECONDS, true)) {
                for (String other : stopped) {
                    context.getRouteController().startRoute(other);
                }
                return false;
            }
            stopped.add(id);
        }
        removeNow(loaded);
        return true;
    }

    /** The same, whatever runs in them. */
    void removeNow(Loaded loaded) throws Exception {
        for (RouteDefinition route : loaded.routes()) {
            // Stops what still runs, and takes out the endpoints that no other route uses.
            if (context.getRoute(route.getRouteId()) != null
                    && !context.getRouteController()
                            .getRouteStatus(route.getRouteId())
                            .isStopped()) {
                context.getRouteController().stopRoute(route.getRouteId());
            }
            context.removeRoute(route.getRouteId());
            context.removeRouteDefinition(route);
        }
        for (RouteTemplateDefinition template : loaded.templates()) {
            context.removeRouteTemplateDefinition(template);
        }
        for (RouteConfigurationDefinition configuration : loaded.configurations()) {
            context.removeRouteConfiguration(configuration);
        }
    }

    private void remove(Endpoint endpoint) {
        try {
            context.removeEndpoint(endpoint);
        } catch (Exception e) {
            LOG.warn("The endpoint {} does not stop: {}", endpoint, e.toString());
        }
    }
}
