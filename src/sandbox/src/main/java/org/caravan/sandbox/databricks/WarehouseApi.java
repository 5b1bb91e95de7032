package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The one warehouse and its sessions, as the API shows them (docs.databricks.com/api/workspace/warehouses; sessions are
 * databricks-jdbc's own addition). Thread-safe.
 */
final class WarehouseApi {
    private final String id;
    private final Power power;
    private final Sessions sessions;

    WarehouseApi(String id, Power power, Sessions sessions) {
        this.id = id;
        this.power = power;
        this.sessions = sessions;
    }

    /** @throws ApiError when a request is for another warehouse */
    void check(String asked) {
        if (!asked.equals(id)) {
            throw new ApiError(
                    404,
                    "RESOURCE_DOES_NOT_EXIST",
                    "SQL warehouse " + asked + " was not found; here is only " + id + ".");
        }
    }

    /** Answers {@code warehouses/…}. */
    Reply answer(Call call, Principal principal) {
        if (call.is("GET", 1)) {
            ObjectNode list = JsonNodeFactory.instance.objectNode();
            list.putArray("warehouses").add(described());
            return Reply.json(list);
        }
        if (call.parts().size() < 2) {
            throw call.noSuchApi();
        }
        check(call.parts().get(1));
        if (call.is("GET", 2)) {
            return Reply.json(described());
        }
        if (call.is("POST", 3)) {
            switch (call.parts().get(2)) {
                case "start" -> {
                    power.start();
                    return Reply.empty();
                }
                case "stop" -> {
                    power.stop();
                    return Reply.empty();
                }
                // The driver says the warehouse in the path since 3.4.5, and in the body before.
                case "sessions" -> {
                    return opened(call, principal);
                }
                default -> throw call.noSuchApi();
            }
        }
        if (call.parts().size() > 3 && call.parts().get(2).equals("sessions")) {
            return session(call.below(2), principal);
        }
        throw call.noSuchApi();
    }

    /** Answers {@code sessions/…}. */
    Reply session(Call call, Principal principal) {
        if (call.is("POST", 1)) {
            check(call.body().path("warehouse_id").asText());
            return opened(call, principal);
        }
        if (call.is("DELETE", 2)) {
            sessions.close(call.parts().get(1), principal);
            return Reply.empty();
        }
        throw call.noSuchApi();
    }

    /** A stopped warehouse takes the session, starts, and lets the statements wait. */
    private Reply opened(Call call, Principal principal) {
        power.start();
        return Reply.json(JsonNodeFactory.instance
                .objectNode()
                .put("session_id", sessions.open(call.body(), principal).id()));
    }

    private ObjectNode described() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", id)
                .put("state", power.state().name())
                .put("warehouse_type", "PRO")
                .put("enable_serverless_compute", true);
    }
}
