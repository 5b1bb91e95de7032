package org.caravan.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.EndpointAware;
import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.component.dataformat.DataFormatEndpoint;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.component.kamelet.KameletProcessor;
import org.apache.camel.model.MarshalDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnCompletionDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.SendDynamicProcessor;
import org.apache.camel.reifier.dataformat.DataFormatReifier;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.processor.MarshalProcessor;

/**
 * The steps of a route in the order in which they are written, with those of the Kamelets and routes that it calls in their place.
 * What a route computes at run time, such as the address of a {@code toD}, is not looked into.
 */
final class RouteSteps {
    /** A step that a route takes. */
    sealed interface Step permits To, Marshal, Computed {}

    /** Sends to an endpoint. */
    record To(Endpoint endpoint) implements Step {}

    /** Marshals to a data format. */
    record Marshal(DataFormat format) implements Step {}

    /** Sends to what an expression says. */
    record Computed(String uri) implements Step {}

    private final CamelContext context;
    private final List<Step> steps = new ArrayList<>();
    private final Deque<String> path = new ArrayDeque<>();
    /** How many marshal steps of a route were met on the way through it. */
    private final Map<String, Integer> marshals = new HashMap<>();

    private RouteSteps(CamelContext context) {
        this.context = context;
    }

    /** The steps of a route of a started context. */
    static List<Step> of(CamelContext context, String routeId) {
        RouteSteps walk = new RouteSteps(context);
        walk.route(context.getRoute(routeId));
        return List.copyOf(walk.steps);
    }

    private void route(Route route) {
        if (route == null || path.contains(route.getRouteId())) {
            return;
        }
        path.push(route.getRouteId());
        marshals.remove(route.getRouteId());
        children(route.navigate());
        path.pop();
    }

    private void processor(Processor processor) {
        if (processor instanceof EndpointAware send) {
            to(send.getEndpoint());
        } else if (processor instanceof SendDynamicProcessor send) {
            steps.add(new Computed(send.getUri()));
        } else if (processor instanceof KameletProcessor kamelet) {
            to(context.hasEndpoint("kamelet://" + kamelet.getName()));
        } else if (processor instanceof MarshalProcessor marshal) {
            steps.add(new Marshal(format(marshal)));
        }
        if (processor instanceof Navigate<?> group) {
            children(group);
        }
    }

    private void children(Navigate<?> group) {
        if (group == null || !group.hasNext()) {
            return;
        }
        for (Object next : group.next()) {
            if (next instanceof Processor processor) {
                processor(processor);
            }
        }
    }

    private void to(Endpoint endpoint) {
        if (endpoint == null) {
            return;
        }
        if (endpoint instanceof KameletEndpoint kamelet) {
            route(context.getRoute(kamelet.getRouteId()));
            return;
        }
        if (endpoint instanceof DataFormatEndpoint named && named.getOperation().equals("marshal")) {
            steps.add(new Marshal(named.getDataFormat()));
            return;
        }
        steps.add(new To(endpoint));
        for (Route called : context.getRoutes()) {
            if (called.getEndpoint().getEndpointUri().equals(endpoint.getEndpointUri())) {
                route(called);
            }
        }
    }

    /**
     * Camel's processor does not tell its data format; its definition does, with the Kamelet's parameters put in. Both are found
     * by their place: the routes of two calls of a Kamelet share definitions, and so their ids.
     */
    private DataFormat format(MarshalProcessor marshal) {
        RouteDefinition route = ((ModelCamelContext) context).getRouteDefinition(marshal.getRouteId());
        int place = marshals.merge(marshal.getRouteId(), 1, Integer::sum) - 1;
        MarshalDefinition definition =
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), MarshalDefinition.class).stream()
                        .filter(RouteSteps::isOnTheWay)
                        .skip(place)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(
                                "Route " + route.getRouteId() + " defines no step " + marshal.getId()));
        Properties parameters = new Properties();
        if (route.getTemplateDefaultParameters() != null) {
            parameters.putAll(route.getTemplateDefaultParameters());
        }
        if (route.getTemplateParameters() != null) {
            parameters.putAll(route.getTemplateParameters());
        }
        context.getPropertiesComponent().setLocalProperties(parameters);
        try {
            return DataFormatReifier.getDataFormat(context, definition.getDataFormatType());
        } finally {
            context.getPropertiesComponent().setLocalProperties(null);
        }
    }

    /** Whether a step is one of the route and not of what it does on errors or at its end. */
    private static boolean isOnTheWay(ProcessorDefinition<?> step) {
        for (ProcessorDefinition<?> around = step; around != null; around = around.getParent()) {
            if (around instanceof OnExceptionDefinition || around instanceof OnCompletionDefinition) {
                return false;
            }
        }
        return true;
    }
}
