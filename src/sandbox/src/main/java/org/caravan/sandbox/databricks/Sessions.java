package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.classic.SparkSession;

/** The open sessions of the warehouse. Thread-safe. */
final class Sessions {
    /** One session of a client. */
    record Session(String id, SparkSession spark) {
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
    Session open(JsonNode request) {
        Session session = unlisted(request);
        open.put(session.id(), session);
        return session;
    }

    /** A session that only its maker knows, for a statement that names none. */
    Session unlisted(JsonNode request) {
        Session session = new Session(UUID.randomUUID().toString(), engine.newSession());
        engine.enter(session.spark());
        try {
            request.path("session_confs")
                    .properties()
                    .forEach(conf -> commands.configure(
                            session.spark(), conf.getKey(), conf.getValue().asText()));
            if (request.hasNonNull("catalog")) {
                commands.useCatalog(session.spark(), request.get("catalog").asText());
            }
            if (request.hasNonNull("schema")) {
                commands.useSchema(session.spark(), request.get("schema").asText());
            }
        } catch (RuntimeException e) {
            SqlFailure failure = SqlFailure.of(e);
            throw new ApiError(400, "BAD_REQUEST", failure.message());
        }
        return session;
    }

    Session get(String id) {
        Session session = open.get(id);
        if (session == null) {
            throw ApiError.notFound(
                    "Session " + id + " does not exist; it was closed or has expired. Open a new connection.");
        }
        return session;
    }

    void close(String id) {
        open.remove(id);
    }

    /** Forgets every session, as a warehouse does that restarts. */
    void closeAll() {
        open.clear();
    }
}
