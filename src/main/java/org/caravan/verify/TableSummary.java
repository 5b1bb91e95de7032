package org.caravan.verify;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.caravan.ledger.MeasuredRows;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.verify.digest.Digest;
import org.caravan.verify.digest.DigestAccumulator;
import org.caravan.verify.digest.KeptDigest;

/**
 * Measures rows as they are encoded: what every later point must find again. Filled by one thread at a time, each seeing what the
 * one before did; read when the last part is closed.
 */
public final class TableSummary implements MeasuredRows {
    private final Columns columns;
    private final List<ColumnSummary> summaries;
    private final DigestAccumulator digest;
    private final Optional<KeptSummary> kept;
    private long rows;

    public TableSummary(Columns columns) {
        this(columns, Optional.empty());
    }

    private TableSummary(Columns columns, Optional<KeptSummary> kept) {
        this.kept = kept;
        this.rows = kept.map(before -> before.facts().rows()).orElse(0L);
        this.columns = columns;
        this.digest = new DigestAccumulator(columns);
        this.summaries = IntStream.range(0, columns.size())
                .mapToObj(i -> ColumnSummary.of(columns.get(i).type(), i))
                .toList();
    }

    /** What another process measured of rows of these columns, as {@link #kept} gave it; no rows can be added. */
    public static TableSummary restored(Columns columns, String kept) {
        return new TableSummary(columns, Optional.of(KeptSummary.ofJson(columns, kept)));
    }

    /** What was measured, in a form that {@link #restored} reads. */
    public synchronized String kept() {
        return kept.orElseGet(() -> new KeptSummary(facts(), KeptDigest.of(digest, columns)))
                .toJson();
    }

    /** Adds the rows of a batch. */
    public synchronized void add(Batch batch) {
        if (kept.isPresent() && batch.rows() > 0) {
            throw new IllegalStateException("Rows are measured that were measured before");
        }
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
        return kept.map(before -> before.digest().digest(table)).orElseGet(() -> digest.digest(table));
    }

    synchronized TableFacts facts() {
        return kept.map(KeptSummary::facts)
                .orElseGet(() -> new TableFacts(
                        columns,
                        rows,
                        summaries.stream().map(ColumnSummary::facts).toList()));
    }
}
