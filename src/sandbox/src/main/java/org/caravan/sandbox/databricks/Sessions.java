package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.classic.SparkSession;

/** The open sessions of the warehouse. Thread-safe. */
final class Sessions {
    /** One session of a client. */
    record Session(String id, SparkSession spark, Principal principal) {
        String currentCatalog() {
            return spark.catalog().currentCatalog();
        }

        String currentSchema() {
            return spark.catalog().currentDatabase();
        }

        String timeZone() {
            return spark.conf().get("spark.sql.session.timeZone");
        }
    }

    private final SparkEngine engine;
    private final SessionCommands commands;
    private final Map<String, Session> open = new ConcurrentHashMap<>();

    Sessions(SparkEngine engine, SessionCommands commands) {
        this.engine = engine;
        this.commands = commands;
    }

    /** Opens a session for a request with {@code catalog}, {@code schema} and {@code session_confs}, all optional. */
    Session open(JsonNode request, Principal principal) {
        Session session = unlisted(request, principal);
        open.put(session.id(), session);
        return session;
    }

    /** A session that only its maker knows, for a statement that names none. */
    Session unlisted(JsonNode request, Principal principal) {
        Session session = new Session(UUID.randomUUID().toString(), engine.newSession(), principal);
        engine.enter(session);
        try {
            request.path("session_confs")
                    .properties()
                    .forEach(conf -> commands.configure(
                            session, conf.getKey(), conf.getValue().asText()));
            if (request.hasNonNull("catalog")) {
                commands.useCatalog(session, request.get("catalog").asText());
            }
            if (request.hasNonNull("schema")) {
                commands.useSchema(session, request.get("schema").asText());
            }
        } catch (RuntimeException e) {
            throw new ApiError(400, "BAD_REQUEST", SqlFailure.of(e).message());
        }
        return session;
    }

    /** @throws ApiError when the principal has no such session */
    Session get(String id, Principal principal) {
        Session session = open.get(id);
        if (session == null || !session.principal().equals(principal)) {
            throw ApiError.notFound(
                    "Session " + id + " does not exist; it was closed or has expired. Open a new connection.");
        }
        return session;
    }

    void close(String id, Principal principal) {
        open.computeIfPresent(id, (key, session) -> session.principal().equals(principal) ? null : session);
    }

    /** Forgets every session, as a warehouse does that restarts. */
    void closeAll() {
        open.clear();
    }
}
