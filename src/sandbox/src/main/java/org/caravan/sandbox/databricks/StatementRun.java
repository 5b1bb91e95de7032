package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.caravan.sandbox.databricks.Sessions.Session;

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
    private final Power power;
    private final CountDownLatch ended = new CountDownLatch(1);

    private State state = State.PENDING;
    private Optional<SqlFailure> failure = Optional.empty();
    private Optional<StatementResult> result = Optional.empty();
    private Optional<Thread> runner = Optional.empty();

    StatementRun(
            String id,
            Session session,
            StatementRequest request,
            Warehouse warehouse,
            SparkEngine engine,
            Power power) {
        this.id = id;
        this.session = session;
        this.request = request;
        this.warehouse = warehouse;
        this.engine = engine;
        this.power = power;
    }

    String id() {
        return id;
    }

    boolean isOf(Principal principal) {
        return session.principal().equals(principal);
    }

    @Override
    public void run() {
        try {
            power.awaitRunning();
        } catch (InterruptedException e) {
            cancel();
        }
        if (!begin()) {
            return;
        }
        try {
            engine.startJobs(id);
            Collected rows = Collected.of(warehouse.run(session, request), request, session.timeZone());
            end(State.SUCCEEDED, Optional.empty(), Optional.of(StatementResult.of(rows, request)));
        } catch (Throwable e) {
            if (e instanceof VirtualMachineError) {
                System.err.println("databricks: statement " + id + " failed: " + e);
            }
            end(State.FAILED, Optional.of(SqlFailure.of(e)), Optional.empty());
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

    private synchronized void end(State outcome, Optional<SqlFailure> why, Optional<StatementResult> rows) {
        runner = Optional.empty();
        // Clears an interrupt that came too late, so that the pool's thread is clean.
        Thread.interrupted();
        if (state == State.RUNNING) {
            state = outcome;
            failure = why;
            result = rows;
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
    synchronized ObjectNode response(ResultLinks links) {
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("statement_id", id);
        ObjectNode status = response.putObject("status");
        status.put("state", state.name());
        failure.ifPresent(why -> {
            status.put("sql_state", why.sqlState());
            status.putObject("error").put("error_code", "BAD_REQUEST").put("message", why.message());
        });
        result.ifPresent(rows -> {
            response.set("manifest", rows.manifest());
            rows.chunk(id, 0, links).ifPresent(chunk -> response.set("result", chunk));
        });
        return response;
    }

    /** A part of the result. */
    synchronized ObjectNode chunk(int index, ResultLinks links) {
        return result.orElseThrow(() -> ApiError.notFound("Statement " + id + " is " + state + " and has no result."))
                .chunk(id, index, links)
                .orElseThrow(() -> ApiError.badRequest("The statement has no chunk " + index + "."));
    }

    /** The file of a part of the result, if it is given by a link. */
    synchronized Optional<byte[]> file(int index) {
        return result.flatMap(rows -> rows.file(index));
    }
}
