package org.caravan.source.stream;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.schema.RowStream;

/**
 * The rows of a reader, read by a thread of its own up to two batches ahead of whoever takes them, so that reading and encoding
 * overlap. What the reader fails with is thrown where the rows are taken, after the rows before it. Owns the reader and the
 * thread, which begins with the first read and ends with the rows or with {@link #close}.
 */
public final class ReadAhead implements RowStream {
    /** One batch being filled, one waiting, one in use. */
    private static final int BATCHES = 3;

    private static final long JOIN_MILLIS = 10_000;

    private final BatchReader reader;
    private final LongConsumer progress;
    private final HandOver handOver;
    private final Thread thread;
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
        this.reader = requireNonNull(reader, "reader");
        this.progress = requireNonNull(progress, "progress");
        this.handOver = new HandOver(reader.columns(), BATCHES);
        this.none = new Batch(reader.columns(), 0);
        this.thread = new Thread(this::fill, requireNonNull(name, "name"));
        thread.setDaemon(true);
    }

    @Override
    public Columns columns() {
        return reader.columns();
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
            thread.start();
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
        Batch copy = slice.orElseGet(() -> new Batch(reader.columns()));
        slice = Optional.of(copy);
        copy.copy(batch, from, to);
        return copy;
    }

    private void fill() {
        try {
            Optional<Batch> batch = handOver.takeEmpty();
            while (batch.isPresent()) {
                reader.fill(batch.get(), batch.get().capacity());
                if (batch.get().rows() == 0) {
                    break;
                }
                handOver.giveFilled(batch.get());
                batch = handOver.takeEmpty();
            }
            handOver.end(Optional.empty());
        } catch (InterruptedException e) {
            handOver.end(Optional.of(ReadGate.interrupted()));
        } catch (RuntimeException | Error e) {
            handOver.end(Optional.of(e));
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        handOver.end(Optional.of(ReadGate.interrupted()));
        reader.close();
        synchronized (this) {
            if (!started) {
                return;
            }
        }
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
