package org.caravan.verify;

import java.util.List;
import java.util.stream.IntStream;
import org.caravan.ledger.MeasuredRows;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.verify.digest.Digest;
import org.caravan.verify.digest.DigestAccumulator;

/**
 * Measures rows as they are encoded: what every later point must find again. Filled by one thread at a time, each seeing what the
 * one before did; read when the last part is closed.
 */
public final class TableSummary implements MeasuredRows {
    private final Columns columns;
    private final List<ColumnSummary> summaries;
    private final DigestAccumulator digest;
    private long rows;

    public TableSummary(Columns columns) {
        this.columns = columns;
        this.digest = new DigestAccumulator(columns);
        this.summaries = IntStream.range(0, columns.size())
                .mapToObj(i -> ColumnSummary.of(columns.get(i).type(), i))
                .toList();
    }

    /** Adds the rows of a batch. */
    public synchronized void add(Batch batch) {
        rows += batch.rows();
        for (ColumnSummary summary : summaries) {
            summary.add(batch);
        }
        digest.add(batch);
    }

    @Override
    public synchronized long rows() {
        return rows;
    }

    @Override
    public synchronized long nulls(int column) {
        return summaries.get(column).nulls();
    }

    /** The digest of all rows added, as a table has it that holds the columns in such storages. */
    public synchronized Digest digest(Columns table) {
        return digest.digest(table);
    }

    synchronized TableFacts facts() {
        return new TableFacts(
                columns, rows, summaries.stream().map(ColumnSummary::facts).toList());
    }
}
