package org.caravan.format;

import java.io.IOException;
import org.caravan.schema.Batch;

/**
 * Writes batches of rows to one file of some format, in one pass and with bounded memory.
 *
 * <p>Life cycle: any number of {@link #write}s, then either {@link #finish}, which commits the file, or nothing, which leaves
 * it unreadable on purpose; {@link #close} always. After a failed write or finish only close is allowed: what was written so
 * far must be thrown away.
 *
 * <p>The output belongs to the caller: the encoder neither closes nor flushes it, and counts its positions from where it
 * stands. Not thread-safe.
 */
public interface Encoder extends AutoCloseable {
    /**
     * Appends rows of a batch; nothing of the batch is kept, it may be filled again.
     *
     * @param fromRow the first row
     * @param toRow the row after the last one
     * @throws FormatException if a value does not fit its column's declared type
     * @throws IOException if the output fails
     */
    void write(Batch batch, int fromRow, int toRow) throws IOException;

    /** Appends all rows of a batch. */
    default void write(Batch batch) throws IOException {
        write(batch, 0, batch.rows());
    }

    /** The rows appended so far. */
    long rows();

    /**
     * The bytes written so far and a fair estimate of what the buffered rows will add: for deciding when a file is large
     * enough. Exact after {@link #finish}.
     */
    long encodedBytes();

    /**
     * Writes what is buffered and what the format needs at its end: the commit.
     *
     * @throws IOException if the output fails
     */
    void finish() throws IOException;

    /** Frees the buffers; without a {@link #finish} before, the file is discarded. Repeatable. */
    @Override
    void close();
}
