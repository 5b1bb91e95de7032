package org.caravan.cli;

import org.apache.camel.impl.DefaultCamelContext;

/**
 * A Camel with many routes. Before each route that is added Camel removes the one of its id (DefaultModel.removeRouteDefinition), and
 * goes through the endpoints of all routes to find that there is none: the time of a start would grow with the square of the routes.
 */
final class HostCamel extends DefaultCamelContext {
    HostCamel() {
        super(false);
    }

    @Override
    public boolean removeRoute(String routeId) throws Exception {
        return getRouteController().getRouteStatus(routeId) != null && super.removeRoute(routeId);
    }
}
