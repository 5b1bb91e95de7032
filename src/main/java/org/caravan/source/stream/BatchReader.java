package org.caravan.source.stream;

import org.caravan.schema.Batch;
import org.caravan.schema.Columns;

/**
 * Reads the rows of a query into batches that others own. Read by one thread at a time; may be closed by another, which ends a
 * read that is under way within a second.
 */
public interface BatchReader extends AutoCloseable {
    /** The columns; known before the first row. */
    Columns columns();

    /**
     * Clears a batch of these columns and fills it with the next rows; none at the end.
     *
     * @param maxRows the most rows wanted; at least 1
     */
    void fill(Batch batch, int maxRows);

    /** Frees what lies behind; does nothing the second time. */
    @Override
    void close();
}
