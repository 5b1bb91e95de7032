package org.caravan.source.stream;

import static java.util.Objects.requireNonNull;

import java.util.function.LongConsumer;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.schema.RowStream;

/** The rows of a reader, each batch read when it is asked for, by the thread that asks. Owns the reader. */
public final class DirectRows implements RowStream {
    private final BatchReader reader;
    private final LongConsumer progress;
    private final Batch batch;

    /**
     * @param progress is told of each batch's rows
     */
    public DirectRows(BatchReader reader, LongConsumer progress) {
        this.reader = requireNonNull(reader, "reader");
        this.progress = requireNonNull(progress, "progress");
        this.batch = new Batch(reader.columns());
    }

    @Override
    public Columns columns() {
        return reader.columns();
    }

    @Override
    public Batch read(int maxRows) {
        reader.fill(batch, maxRows);
        progress.accept(batch.rows());
        return batch;
    }

    @Override
    public void close() {
        reader.close();
    }
}
