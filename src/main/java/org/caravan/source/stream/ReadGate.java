package org.caravan.source.stream;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/** Keeps the thread that reads from a connection and the one that gives it back apart. Thread-safe. */
public final class ReadGate {
    private static final long WAIT_SECONDS = 5;

    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Begins to read; the reader leaves in any case. */
    public void enter() {
        reading.lock();
    }

    public void leave() {
        reading.unlock();
    }

    /**
     * Asked by the reader before each row, and when the database failed.
     *
     * @throws CaravanException if nobody wants the rows any more
     */
    public void checkOpen() {
        if (closed.get()) {
            throw interrupted();
        }
    }

    static CaravanException interrupted() {
        return new CaravanException(Category.INTERRUPTED, "The run ended while it read the query's result.");
    }

    /** Tells the reader to stop; true the first time. */
    public boolean close() {
        return !closed.getAndSet(true);
    }

    /** Waits until nobody reads, and keeps readers out until {@link #leave}; false if that takes too long. */
    public boolean enterClosed() {
        try {
            return reading.tryLock(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return reading.tryLock();
        }
    }
}
