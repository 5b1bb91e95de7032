package org.caravan.source;

import org.caravan.ledger.Evidence;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.schema.RowStream;

/** Rows whose end is noted when somebody has read up to it. */
record NotedEnd(RowStream rows, Evidence evidence) implements RowStream {
    @Override
    public Columns columns() {
        return rows.columns();
    }

    @Override
    public Batch read(int maxRows) {
        Batch batch = rows.read(maxRows);
        if (batch.rows() == 0) {
            evidence.readToEnd();
        }
        return batch;
    }

    @Override
    public void close() {
        rows.close();
    }
}
