package org.caravan.sandbox.databricks;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The workspace's secrets, held in memory and put there through the real API's paths
 * (docs.databricks.com/api/workspace/secrets). Thread-safe.
 */
final class Secrets {
    private final Map<String, Map<String, String>> scopes = new ConcurrentHashMap<>();

    void createScope(String scope) {
        if (scopes.putIfAbsent(scope, new ConcurrentHashMap<>()) != null) {
            throw new ApiError(400, "RESOURCE_ALREADY_EXISTS", "Scope " + scope + " already exists!");
        }
    }

    void put(String scope, String key, String value) {
        Map<String, String> secrets = scopes.get(scope);
        if (secrets == null) {
            throw new ApiError(404, "RESOURCE_DOES_NOT_EXIST", "Scope " + scope + " does not exist!");
        }
        secrets.put(key, value);
    }

    /** @throws Refused when there is no such secret */
    String get(String scope, String key) {
        String value = scopes.getOrDefault(scope, Map.of()).get(key);
        if (value == null) {
            throw new Refused(
                    "INVALID_SECRET_LOOKUP.SECRET_NOT_FOUND",
                    "22531",
                    "Invalid secret lookup: no secret with scope '" + scope + "' and key '" + key
                            + "'; put it with POST /api/2.0/secrets/put (first /api/2.0/secrets/scopes/create).");
        }
        return value;
    }
}
