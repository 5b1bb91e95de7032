package org.caravan.source.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;

/**
 * A fixed number of batches that go round between the threads that fill them and the one that uses them: whoever is ahead waits.
 * Thread-safe.
 */
final class HandOver {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Batch> empty = new ArrayDeque<>();
    private final Deque<Batch> filled = new ArrayDeque<>();
    private Optional<Throwable> failure = Optional.empty();
    private int filling;
    private boolean ended;

    /**
     * @param fillers the threads that fill batches, each of which says once that it is {@link #done}
     */
    HandOver(Columns columns, int batches, int fillers) {
        filling = fillers;
        for (int i = 0; i < batches; i++) {
            empty.add(new Batch(columns));
        }
    }

    /** A batch to fill, once there is one; empty if no more are wanted. */
    Optional<Batch> takeEmpty() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (empty.isEmpty() && !ended) {
                changed.await();
            }
            return ended ? Optional.empty() : Optional.of(empty.remove());
        } finally {
            lock.unlock();
        }
    }

    void giveFilled(Batch batch) {
        lock.lock();
        try {
            filled.add(batch);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next filled batch, once there is one; empty after the last. Throws what the filling failed with after those before it. */
    Optional<Batch> takeFilled() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (filled.isEmpty() && !ended) {
                changed.await();
            }
            if (filled.isEmpty()) {
                rethrow();
                return Optional.empty();
            }
            return Optional.of(filled.remove());
        } finally {
            lock.unlock();
        }
    }

    void giveEmpty(Batch batch) {
        lock.lock();
        try {
            empty.add(batch);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One thread has come to the end of its rows; the last ends the whole. */
    void done() {
        lock.lock();
        try {
            filling--;
            if (filling == 0) {
                ended = true;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** No more batches are filled, by any thread, since one failed or nobody wants them. The first end counts. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = Optional.of(cause);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void rethrow() {
        if (failure.isPresent()) {
            if (failure.get() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure.get();
        }
    }
}
