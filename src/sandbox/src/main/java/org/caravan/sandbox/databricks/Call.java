package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as it came in: {@code parts} are those of the path, {@code text} is the body. */
record Call(
        String method,
        List<String> parts,
        Map<String, String> query,
        Optional<String> authorization,
        String host,
        String text) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Call of(HttpExchange exchange) throws IOException {
        Map<String, String> query = new HashMap<>();
        Optional.ofNullable(exchange.getRequestURI().getQuery())
                .ifPresent(text -> List.of(text.split("&")).forEach(pair -> {
                    String[] sides = pair.split("=", 2);
                    query.put(sides[0], sides.length == 2 ? sides[1] : "");
                }));
        return new Call(
                exchange.getRequestMethod(),
                List.of(exchange.getRequestURI()
                        .getPath()
                        .replaceAll("^/|/+$", "")
                        .split("/")),
                Map.copyOf(query),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                        .orElse("127.0.0.1"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    String path() {
        return "/" + String.join("/", parts);
    }

    /** @throws ApiError when the body is not JSON */
    JsonNode body() {
        try {
            return text.isEmpty() ? JsonNodeFactory.instance.objectNode() : JSON.readTree(text);
        } catch (IOException e) {
            throw new ApiError(400, "MALFORMED_REQUEST", "The request body is not JSON: " + e.getMessage());
        }
    }

    /** The same request without the first parts of its path. */
    Call below(int count) {
        return new Call(method, parts.subList(count, parts.size()), query, authorization, host, text);
    }

    boolean is(String expected, int length) {
        return method.equals(expected) && parts.size() == length;
    }

    ApiError noSuchApi() {
        return new ApiError(404, "ENDPOINT_NOT_FOUND", "No API found for '" + method + " " + path() + "'");
    }
}
