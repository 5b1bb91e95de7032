package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.caravan.sandbox.databricks.Sessions.Session;
import org.caravan.sandbox.databricks.StatementRequest.OnTimeout;

/** The statements of the warehouse: the running ones, and the ended ones that a client may still ask for. Thread-safe. */
final class Statements implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private static final int KEPT = 100;

    private final Sessions sessions;
    private final Warehouse warehouse;
    private final SparkEngine engine;
    private final Power power;
    private final Map<String, StatementRun> runs = new LinkedHashMap<>();
    private final ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread thread = new Thread(task, "statement");
        thread.setDaemon(true);
        return thread;
    });

    Statements(Sessions sessions, Warehouse warehouse, SparkEngine engine, Power power) {
        this.sessions = sessions;
        this.warehouse = warehouse;
        this.engine = engine;
        this.power = power;
    }

    /** Starts a statement and waits for its end as long as the request says. */
    StatementRun execute(JsonNode body, Principal principal) throws InterruptedException {
        StatementRequest request = StatementRequest.of(body);
        Session session = request.session()
                .map(id -> sessions.get(id, principal))
                .orElseGet(() -> sessions.unlisted(body, principal));
        StatementRun run = new StatementRun(UUID.randomUUID().toString(), session, request, warehouse, engine, power);
        remember(run);
        pool.execute(run);
        run.await(request.patience());
        if (request.onTimeout() == OnTimeout.CANCEL) {
            run.cancel();
        }
        return run;
    }

    /** @throws ApiError when the principal has no such statement */
    StatementRun get(String id, Principal principal) {
        return find(id).filter(run -> run.isOf(principal))
                .orElseThrow(() -> ApiError.notFound("The statement " + id + " was not found."));
    }

    Optional<StatementRun> find(String id) {
        synchronized (runs) {
            return Optional.ofNullable(runs.get(id));
        }
    }

    void close(StatementRun run) {
        run.close();
        synchronized (runs) {
            runs.remove(run.id());
        }
    }

    /** Ended statements that no client closed are forgotten, oldest first, so that their results do not fill the memory. */
    private void remember(StatementRun run) {
        synchronized (runs) {
            runs.put(run.id(), run);
            int surplus = runs.size() - KEPT;
            if (surplus > 0) {
                runs.values().stream()
                        .filter(StatementRun::hasEnded)
                        .limit(surplus)
                        .map(StatementRun::id)
                        .toList()
                        .forEach(runs::remove);
            }
        }
    }

    @Override
    public void close() {
        synchronized (runs) {
            runs.values().forEach(StatementRun::cancel);
        }
        pool.shutdownNow();
    }
}
