package org.caravan.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The text of a pipeline's route as its file was when the route ran first: a file that changes later is another route once it is
 * loaded again. Thread-safe.
 */
final class RouteTexts {
    private static final Logger LOG = LoggerFactory.getLogger(RouteTexts.class);

    private final Map<Route, String> texts = Collections.synchronizedMap(new WeakHashMap<>());

    /** The text of the route of the pipeline's name, else of the route that the exchange came from; else empty. */
    String text(Exchange exchange, String pipeline) {
        return Optional.ofNullable(exchange.getContext().getRoute(pipeline))
                .or(() -> Optional.ofNullable(exchange.getFromRouteId())
                        .map(id -> exchange.getContext().getRoute(id)))
                .map(route -> texts.computeIfAbsent(route, RouteTexts::read))
                .orElse("");
    }

    private static String read(Route route) {
        Resource resource = route.getSourceResource();
        if (resource == null || !resource.exists()) {
            return "";
        }
        try (InputStream in = resource.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            LOG.warn("The route {} cannot be read from {}: {}", route.getId(), resource.getLocation(), e.getMessage());
            return "";
        }
    }
}
