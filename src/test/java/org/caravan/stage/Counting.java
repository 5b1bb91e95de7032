package org.caravan.stage;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.RowStream;

/** The numbers from 0, in uneven batches. */
final class Counting implements RowStream {
    private final Columns columns = new Columns(List.of(new Column("n", new ColumnType.Int(8), false)));
    private final Batch batch = new Batch(columns);
    private final long rows;
    private final LongConsumer beforeRead;
    private final CountDownLatch closed = new CountDownLatch(1);
    private long next;

    Counting(long rows) {
        this(rows, row -> {});
    }

    /**
     * Calls back before each read.
     *
     * @param beforeRead takes the number of rows given so far
     */
    Counting(long rows, LongConsumer beforeRead) {
        this.rows = rows;
        this.beforeRead = beforeRead;
    }

    @Override
    public Columns columns() {
        return columns;
    }

    @Override
    public Batch read(int maxRows) {
        beforeRead.accept(next);
        batch.clear();
        int count = (int) Math.min(Math.min(maxRows, 1 + next % 13), rows - next);
        for (int row = 0; row < count; row++) {
            batch.longs(0).set(row, next++);
        }
        batch.setRows(count);
        return batch;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }
}
