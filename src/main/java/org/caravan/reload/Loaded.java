package org.caravan.reload;

import java.util.List;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;

/**
 * What a version put into the Camel that works; immutable.
 *
 * @param routes in the order in which they are stopped
 */
record Loaded(
        List<RouteDefinition> routes,
        List<RouteTemplateDefinition> templates,
        List<RouteConfigurationDefinition> configurations) {
    static final Loaded NOTHING = new Loaded(List.of(), List.of(), List.of());

    Loaded {
        routes = List.copyOf(routes);
        templates = List.copyOf(templates);
        configurations = List.copyOf(configurations);
    }

    List<String> routeIds() {
        return routes.stream().map(RouteDefinition::getRouteId).toList();
    }
}
