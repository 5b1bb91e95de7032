package org.caravan.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * The pages of health. Camel's own escape messages twice, and show stacks to who asks for them.
 */
final class HealthPages {
    static final String LIVE = "/observe/health/live";
    static final String READY = "/observe/health/ready";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DOWN = 503;

    private final CamelContext context;
    private final UnaryOperator<String> masked;

    /** @param masked takes secrets out of a text */
    HealthPages(CamelContext context, UnaryOperator<String> masked) {
        this.context = context;
        this.masked = masked;
    }

    void add(Router router) {
        add(router, LIVE, ServiceCheck.Kind.LIVENESS);
        add(router, READY, ServiceCheck.Kind.READINESS);
    }

    private void add(Router router, String path, ServiceCheck.Kind kind) {
        router.route(HttpMethod.GET, path).blockingHandler(request -> answer(request, kind), false);
    }

    private void answer(RoutingContext request, ServiceCheck.Kind kind) {
        boolean ready = kind == ServiceCheck.Kind.READINESS;
        List<HealthCheck.Result> results = (ready
                        ? HealthCheckHelper.invokeReadiness(context, "full")
                        : HealthCheckHelper.invokeLiveness(context, "full"))
                .stream().filter(HealthPages::isWanted).toList();
        boolean up = HealthCheckHelper.isResultsUp(results, ready);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", up ? "UP" : "DOWN");
        body.put("checks", results.stream().map(HealthPages::body).toList());
        request.response()
                .setStatusCode(up ? 200 : DOWN)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store");
        request.end(text(body));
    }

    /** Not Camel's checks of single routes: a pipeline that is stopped must not take the service away from the others. */
    private static boolean isWanted(HealthCheck.Result result) {
        HealthCheck check = result.getCheck();
        return !"camel".equals(check.getGroup()) || "context".equals(check.getId());
    }

    private static Map<String, Object> body(HealthCheck.Result result) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", result.getCheck().getId());
        body.put("status", result.getState().name());
        result.getMessage()
                .or(() -> result.getError().map(Throwable::getMessage))
                .ifPresent(message -> body.put("message", message));
        Object data = result.getDetails().get(ServiceCheck.DATA);
        if (data != null) {
            body.put("data", data);
        }
        return body;
    }

    private String text(Map<String, Object> body) {
        try {
            return JSON.writeValueAsString(masked(body)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Health cannot be written as JSON", e);
        }
    }

    /** Before anything is escaped, by which a secret would not be known again. */
    private Object masked(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put(key, masked(entry)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(entry -> copy.add(masked(entry)));
            return copy;
        }
        return value instanceof String text ? masked.apply(text) : value;
    }
}
