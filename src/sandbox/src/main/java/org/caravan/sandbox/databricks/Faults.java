package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Failures that a test orders with {@code POST /sandbox/faults}, a JSON object of faults by name. Most are counts: so many of the
 * next requests or answers fail. Others are done at once, or hold until they are ordered away; those are given by whoever makes
 * the faults. Thread-safe.
 */
final class Faults {
    /** Faults that are counted, by their names in lower case. */
    private enum Count {
        /** The next n requests get 503, as from a warehouse that starts. */
        UNAVAILABLE,
        /** The next n requests get 429. */
        TOO_MANY_REQUESTS,
        /** The next n requests get 403, as with a token that is not valid. */
        INVALID_TOKEN,
        /** The next n answers about statements that succeeded say PENDING without a result. */
        PENDING,
        /** The next n answers about statements that succeeded break off in their middle. */
        TRUNCATED,
        /** The next n answers about statements never come: the connection closes, and the statement was done. */
        LOST_ANSWER,
        /** Each request waits so many milliseconds, until set to 0. */
        DELAY_MILLIS
    }

    private final Map<Count, AtomicInteger> counts = new EnumMap<>(Count.class);
    private final Map<Count, AtomicInteger> struck = new EnumMap<>(Count.class);
    private final Map<String, Consumer<JsonNode>> actions;

    /** @param actions what to do for further faults, by name; each gets the value that was ordered */
    Faults(Map<String, Consumer<JsonNode>> actions) {
        this.actions = Map.copyOf(actions);
        for (Count count : Count.values()) {
            counts.put(count, new AtomicInteger());
            struck.put(count, new AtomicInteger());
        }
    }

    /** @throws ApiError when a fault is not known; then nothing is done */
    void order(JsonNode order) {
        order.properties().forEach(fault -> {
            if (!known().contains(fault.getKey())) {
                throw ApiError.badRequest("unknown fault '" + fault.getKey() + "'; known are " + known());
            }
        });
        order.properties().forEach(fault -> {
            if (actions.containsKey(fault.getKey())) {
                actions.get(fault.getKey()).accept(fault.getValue());
            } else {
                counts.get(Count.valueOf(fault.getKey().toUpperCase(Locale.ROOT)))
                        .set(fault.getValue().asInt());
            }
        });
    }

    /** Whether the fault holds for a number of times, or of milliseconds. */
    static boolean isCounted(String fault) {
        return Arrays.stream(Count.values())
                .anyMatch(count -> count.name().toLowerCase(Locale.ROOT).equals(fault));
    }

    /** How much is left of a counted fault. */
    int left(String fault) {
        return counts.get(Count.valueOf(fault.toUpperCase(Locale.ROOT))).get();
    }

    /** How often a counted fault has struck since the orders were taken back. */
    int struck(String fault) {
        return struck.get(Count.valueOf(fault.toUpperCase(Locale.ROOT))).get();
    }

    /** Takes back what is counted. */
    void clear() {
        counts.values().forEach(count -> count.set(0));
        struck.values().forEach(count -> count.set(0));
    }

    /** The names of all faults. */
    TreeSet<String> known() {
        TreeSet<String> known = new TreeSet<>(actions.keySet());
        Arrays.stream(Count.values())
                .map(count -> count.name().toLowerCase(Locale.ROOT))
                .forEach(known::add);
        return known;
    }

    /** Fails or delays a request as ordered. */
    void strike() throws InterruptedException {
        Thread.sleep(counts.get(Count.DELAY_MILLIS).get());
        if (takes(Count.UNAVAILABLE)) {
            throw new ApiError(503, "TEMPORARILY_UNAVAILABLE", "The warehouse is starting. Try again.");
        }
        if (takes(Count.TOO_MANY_REQUESTS)) {
            throw new ApiError(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests. Try again later.");
        }
        if (takes(Count.INVALID_TOKEN)) {
            throw new ApiError(403, "403", "Invalid access token.");
        }
    }

    /** The answer about a statement, held back, cut or lost as ordered. */
    Reply hold(ObjectNode response) {
        Reply reply = Reply.json(response);
        if (!response.path("status").path("state").asText().equals("SUCCEEDED")) {
            return reply;
        }
        if (takes(Count.LOST_ANSWER)) {
            return reply.sending(Reply.Delivery.LOST);
        }
        if (takes(Count.TRUNCATED)) {
            return reply.sending(Reply.Delivery.TRUNCATED);
        }
        if (takes(Count.PENDING)) {
            ObjectNode held = response.objectNode();
            held.set("statement_id", response.get("statement_id"));
            held.putObject("status").put("state", "PENDING");
            return Reply.json(held);
        }
        return reply;
    }

    private boolean takes(Count count) {
        boolean takes = counts.get(count).getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        if (takes) {
            struck.get(count).incrementAndGet();
        }
        return takes;
    }
}
