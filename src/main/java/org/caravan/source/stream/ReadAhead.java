package org.caravan.source.stream;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.schema.RowStream;

/**
 * The rows of one reader or of several, each read by a thread of its own, up to two batches ahead of whoever takes them, so that
 * reading and encoding overlap. The rows of several readers come in no order. What a reader fails with is thrown where the rows are
 * taken, after the rows before it, and ends all. Owns the readers and the threads, which begin with the first read and end with the
 * rows or with {@link #close}.
 */
public final class ReadAhead implements RowStream {
    /** One batch waiting and one in use, beside the one that each reader fills. */
    private static final int SPARE_BATCHES = 2;

    private static final long JOIN_MILLIS = 10_000;

    private final List<BatchReader> readers;
    private final LongConsumer progress;
    private final HandOver handOver;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Batch none;
    private Optional<Batch> slice = Optional.empty();
    private Optional<Batch> current = Optional.empty();
    private int taken;
    private boolean started;

    /**
     * @param name the thread's name
     * @param progress is told of each batch's rows as they are taken
     */
    public ReadAhead(BatchReader reader, String name, LongConsumer progress) {
        this(List.of(reader), name, progress);
    }

    /**
     * @param readers at least one, all of the same columns
     * @param name the threads' name
     * @param progress is told of each batch's rows as they are taken
     */
    public ReadAhead(List<BatchReader> readers, String name, LongConsumer progress) {
        this.readers = List.copyOf(readers);
        this.progress = requireNonNull(progress, "progress");
        this.handOver = new HandOver(columns(), readers.size() + SPARE_BATCHES, readers.size());
        this.none = new Batch(columns(), 0);
        for (BatchReader reader : readers) {
            Thread thread = new Thread(() -> fill(reader), requireNonNull(name, "name"));
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    @Override
    public Columns columns() {
        return readers.get(0).columns();
    }

    @Override
    public Batch read(int maxRows) {
        begin();
        try {
            Batch batch = next(maxRows);
            progress.accept(batch.rows());
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ReadGate.interrupted();
        }
    }

    private synchronized void begin() {
        if (closed.get()) {
            throw ReadGate.interrupted();
        }
        if (!started) {
            started = true;
            threads.forEach(Thread::start);
        }
    }

    private Batch next(int maxRows) throws InterruptedException {
        if (current.isPresent() && taken == current.get().rows()) {
            handOver.giveEmpty(current.get());
            current = Optional.empty();
        }
        if (current.isEmpty()) {
            current = handOver.takeFilled();
            taken = 0;
        }
        if (current.isEmpty()) {
            return none;
        }
        Batch batch = current.get();
        int from = taken;
        taken = (int) Math.min((long) from + maxRows, batch.rows());
        return from == 0 && taken == batch.rows() ? batch : slice(batch, from, taken);
    }

    /** Some rows of a batch: only where a part ends within it. */
    private Batch slice(Batch batch, int from, int to) {
        Batch copy = slice.orElseGet(() -> new Batch(columns()));
        slice = Optional.of(copy);
        copy.copy(batch, from, to);
        return copy;
    }

    private void fill(BatchReader reader) {
        try {
            Optional<Batch> batch = handOver.takeEmpty();
            while (batch.isPresent()) {
                reader.fill(batch.get(), batch.get().capacity());
                if (batch.get().rows() == 0) {
                    // For the readers that still have rows.
                    handOver.giveEmpty(batch.get());
                    break;
                }
                handOver.giveFilled(batch.get());
                batch = handOver.takeEmpty();
            }
            handOver.done();
        } catch (InterruptedException e) {
            handOver.fail(ReadGate.interrupted());
        } catch (RuntimeException | Error e) {
            handOver.fail(e);
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        handOver.fail(ReadGate.interrupted());
        closeReaders();
        synchronized (this) {
            if (!started) {
                return;
            }
        }
        join(threads);
    }

    /** All at once: each waits for its server. */
    private void closeReaders() {
        List<Thread> others = new ArrayList<>();
        for (BatchReader reader : readers.subList(1, readers.size())) {
            Thread thread = new Thread(reader::close, "caravan-close");
            thread.start();
            others.add(thread);
        }
        try {
            readers.get(0).close();
        } finally {
            join(others);
        }
    }

    private static void join(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join(JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
