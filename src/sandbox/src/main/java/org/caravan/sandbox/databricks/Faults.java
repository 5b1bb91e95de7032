package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Failures that a test orders with {@code POST /sandbox/faults}: {@code unavailable} (the next n requests get 503, as from a
 * warehouse that starts), {@code invalid_token} (the next n get 403), {@code pending} (the next n answers about statements say
 * PENDING without a result), {@code delay_millis} (each request waits, until set to 0). Thread-safe.
 */
final class Faults {
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger invalidToken = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger delayMillis = new AtomicInteger();

    void order(JsonNode order) {
        order.properties().forEach(fault -> {
            int count = fault.getValue().asInt();
            switch (fault.getKey()) {
                case "unavailable" -> unavailable.set(count);
                case "invalid_token" -> invalidToken.set(count);
                case "pending" -> pending.set(count);
                case "delay_millis" -> delayMillis.set(count);
                case "drop_sessions" -> {}
                default ->
                    throw ApiError.badRequest("unknown fault '" + fault.getKey()
                            + "'; known are unavailable, invalid_token, pending, delay_millis, drop_sessions");
            }
        });
    }

    /** Fails or delays a request as ordered. */
    void strike() throws InterruptedException {
        Thread.sleep(delayMillis.get());
        if (takes(unavailable)) {
            throw new ApiError(503, "TEMPORARILY_UNAVAILABLE", "The warehouse is starting. Try again.");
        }
        if (takes(invalidToken)) {
            throw new ApiError(403, "PERMISSION_DENIED", "Invalid access token.");
        }
    }

    /** The answer about a statement, held back as ordered. */
    ObjectNode hold(ObjectNode response) {
        String state = response.path("status").path("state").asText();
        if (!state.equals("SUCCEEDED") || !takes(pending)) {
            return response;
        }
        ObjectNode held = response.objectNode();
        held.set("statement_id", response.get("statement_id"));
        held.putObject("status").put("state", "PENDING");
        return held;
    }

    private static boolean takes(AtomicInteger count) {
        return count.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
