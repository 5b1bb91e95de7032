package org.caravan.sandbox.databricks;

import java.time.Duration;

/**
 * Whether the warehouse runs. A stopped one starts by itself when it is asked for something, and takes its time
 * (docs.databricks.com/aws/compute/sql-warehouse/create, "Auto stop"). Thread-safe.
 */
final class Power {
    /** States of a warehouse (docs.databricks.com/api/workspace/warehouses/get, {@code state}). */
    enum State {
        STOPPED,
        STARTING,
        RUNNING
    }

    private State state = State.RUNNING;
    private Duration startsWithin = Duration.ZERO;
    private long runsAt;

    synchronized State state() {
        if (state == State.STARTING && System.nanoTime() >= runsAt) {
            state = State.RUNNING;
        }
        return state;
    }

    synchronized void stop() {
        state = State.STOPPED;
    }

    /** Stops; the next start takes this long. */
    synchronized void stop(Duration startTime) {
        startsWithin = startTime;
        stop();
    }

    /** Begins to start, if it is stopped. */
    synchronized void start() {
        if (state() == State.STOPPED) {
            state = State.STARTING;
            runsAt = System.nanoTime() + startsWithin.toNanos();
        }
    }

    /** Starts the warehouse if need be and waits until it runs. */
    synchronized void awaitRunning() throws InterruptedException {
        start();
        while (state() != State.RUNNING) {
            wait(Math.max(1, (runsAt - System.nanoTime()) / 1_000_000));
        }
    }
}
