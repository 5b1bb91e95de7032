package org.caravan.schema;

/**
 * A typed stream of rows, read once, batch by batch: what a query gives and a data format encodes.
 *
 * <p>Used by one thread at a time; whoever opened it closes it, which frees what lies behind it (a database connection).
 */
public interface RowStream extends AutoCloseable {
    /** The columns; known before the first row, and the same for an empty result. */
    Columns columns();

    /**
     * The next rows, or an empty batch at the end. The batch is valid until the next call.
     *
     * @param maxRows the most rows wanted; at least 1
     */
    Batch read(int maxRows);

    @Override
    void close();
}
