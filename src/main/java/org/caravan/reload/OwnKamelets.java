package org.caravan.reload;

import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * Gives each use of a Kamelet a route of its own, named after the route that uses it. Camel lets all uses that are written alike share
 * one route, which then could not be replaced before all the pipelines that use it are idle at once.
 *
 * @see <a href="https://camel.apache.org/components/4.18.x/kamelet-component.html">kamelet:templateId/routeId</a>
 */
final class OwnKamelets extends ModelLifecycleStrategySupport {
    private static final String SCHEME = "kamelet:";

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        String id = route.getId();
        if (id == null) {
            return;
        }
        int uses = 0;
        FromDefinition from = route.getInput();
        if (from != null && isShared(from.getEndpointUri())) {
            String uri = owned(from.getEndpointUri(), id, ++uses);
            route.setInput(null);
            route.setInput(new FromDefinition(uri));
        }
        for (ToDefinition to : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
            if (isShared(to.getUri())) {
                to.setUri(owned(to.getUri(), id, ++uses));
            }
        }
        for (KameletDefinition to :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), KameletDefinition.class)) {
            if (isShared(SCHEME + to.getName())) {
                to.setName(owned(to.getName(), id, ++uses));
            }
        }
    }

    private static boolean isShared(String uri) {
        if (uri == null || !uri.startsWith(SCHEME)) {
            return false;
        }
        String path = path(uri);
        return !path.contains("/") && !path.equals("source") && !path.equals("sink") && !uri.contains("routeId=");
    }

    private static String path(String uri) {
        String path = uri.substring(SCHEME.length());
        path = path.startsWith("//") ? path.substring(2) : path;
        return path.replaceFirst("(?s)\\?.*", "");
    }

    private static String owned(String uri, String route, int use) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        String name = path.substring(path.lastIndexOf(':') + 1).replace("/", "");
        return path + "/" + route + "-" + name + "-" + use + (query < 0 ? "" : uri.substring(query));
    }
}
