package org.caravan.reload;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Registry;

/**
 * A Camel with many routes. Before each route that is added Camel removes the one of its id (DefaultModel.removeRouteDefinition), and
 * goes through the endpoints of all routes to find that there is none: the time of a start would grow with the square of the routes.
 */
public final class ManyRoutesContext extends DefaultCamelContext {
    /** A Camel that is not built yet, as Camel Main wants it. */
    public ManyRoutesContext() {
        super(false);
    }

    ManyRoutesContext(Registry registry) {
        super(registry);
    }

    @Override
    public boolean removeRoute(String routeId) throws Exception {
        return getRouteController().getRouteStatus(routeId) != null && super.removeRoute(routeId);
    }
}
