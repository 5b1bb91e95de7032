package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.caravan.sandbox.databricks.Sessions.Session;
import org.caravan.sandbox.databricks.StatementRequest.Format;

/**
 * One statement from its acceptance to its end. Runs once, in a thread of the pool; everything else may be called from any
 * thread at any time.
 */
final class StatementRun implements Runnable {
    enum State {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELED,
        CLOSED
    }

    private final String id;
    private final Session session;
    private final StatementRequest request;
    private final Warehouse warehouse;
    private final SparkEngine engine;
    private final CountDownLatch ended = new CountDownLatch(1);

    private State state = State.PENDING;
    private Optional<SqlFailure> failure = Optional.empty();
    private Optional<ObjectNode> manifest = Optional.empty();
    private Optional<ObjectNode> result = Optional.empty();
    private Optional<Thread> runner = Optional.empty();

    StatementRun(String id, Session session, StatementRequest request, Warehouse warehouse, SparkEngine engine) {
        this.id = id;
        this.session = session;
        this.request = request;
        this.warehouse = warehouse;
        this.engine = engine;
    }

    String id() {
        return id;
    }

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        try {
            engine.startJobs(id);
            Collected rows = Collected.of(warehouse.run(session, request), request.rowLimit(), session.timeZone());
            ObjectNode described = describe(rows);
            ObjectNode data = render(rows, described);
            end(State.SUCCEEDED, Optional.empty(), Optional.of(described), Optional.of(data));
        } catch (Throwable e) {
            if (e instanceof VirtualMachineError) {
                System.err.println("databricks: statement " + id + " failed: " + e);
            }
            end(State.FAILED, Optional.of(SqlFailure.of(e)), Optional.empty(), Optional.empty());
        } finally {
            engine.endJobs();
            ended.countDown();
        }
    }

    private synchronized boolean begin() {
        if (state != State.PENDING) {
            return false;
        }
        state = State.RUNNING;
        runner = Optional.of(Thread.currentThread());
        return true;
    }

    private synchronized void end(
            State outcome, Optional<SqlFailure> why, Optional<ObjectNode> described, Optional<ObjectNode> data) {
        runner = Optional.empty();
        // Clears an interrupt that came too late, so that the pool's thread is clean.
        Thread.interrupted();
        if (state == State.RUNNING) {
            state = outcome;
            failure = why;
            manifest = described;
            result = data;
        }
    }

    /** Stops the statement if it has not ended, and its Spark jobs with it. */
    void cancel() {
        synchronized (this) {
            if (state != State.PENDING && state != State.RUNNING) {
                return;
            }
            state = State.CANCELED;
            runner.ifPresent(Thread::interrupt);
        }
        engine.cancelJobs(id);
        ended.countDown();
    }

    /** Stops the statement and forgets its result. */
    void close() {
        cancel();
        synchronized (this) {
            state = State.CLOSED;
            manifest = Optional.empty();
            result = Optional.empty();
        }
    }

    synchronized boolean hasEnded() {
        return state != State.PENDING && state != State.RUNNING;
    }

    /** Waits for the end, but no longer than this. */
    void await(Duration time) throws InterruptedException {
        ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The statement as the API shows it. */
    synchronized ObjectNode response() {
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("statement_id", id);
        ObjectNode status = response.putObject("status");
        status.put("state", state.name());
        failure.ifPresent(why -> {
            status.put("sql_state", why.sqlState());
            status.putObject("error").put("error_code", "BAD_REQUEST").put("message", why.message());
        });
        manifest.ifPresent(node -> response.set("manifest", node));
        result.ifPresent(node -> response.set("result", node));
        return response;
    }

    /** A part of the result; every result here is one chunk. */
    synchronized ObjectNode chunk(int index) {
        if (index != 0) {
            throw ApiError.badRequest("Chunk index must be below 1, found " + index);
        }
        return result.orElseThrow(() -> ApiError.notFound("Statement " + id + " is " + state + " and has no result."));
    }

    private ObjectNode describe(Collected rows) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("format", request.format().name());
        node.set("schema", ResultSchema.of(rows.schema()));
        node.put("total_chunk_count", 1);
        node.put("total_row_count", rows.rows().length);
        node.put("truncated", rows.truncated());
        node.put("result_compression", "NONE");
        node.putArray("chunks")
                .addObject()
                .put("chunk_index", 0)
                .put("row_offset", 0)
                .put("row_count", rows.rows().length);
        return node;
    }

    private ObjectNode render(Collected rows, ObjectNode described) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("chunk_index", 0).put("row_offset", 0).put("row_count", rows.rows().length);
        if (request.format() == Format.JSON_ARRAY) {
            node.set("data_array", ResultJson.render(rows));
        } else {
            byte[] stream = ResultArrow.render(rows);
            node.put("attachment", stream).put("byte_count", stream.length);
            described.put("total_byte_count", stream.length);
        }
        return node;
    }
}
