package org.caravan.verify;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.caravan.ledger.MeasuredRows;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.verify.digest.Digest;
import org.caravan.verify.digest.DigestAccumulator;
import org.caravan.verify.digest.KeptDigest;
import org.caravan.verify.digest.Sample;

/**
 * Measures rows as they are encoded: what every later point must find again. Filled by one thread at a time, each seeing what the
 * one before did; read when the last part is closed.
 */
public final class TableSummary implements MeasuredRows {
    private final Columns columns;
    private final List<ColumnSummary> summaries;
    private final DigestAccumulator digest;
    private final Optional<KeptSummary> kept;
    private final Sample sample;
    private long rows;

    /** Measures all rows. */
    public TableSummary(Columns columns) {
        this(columns, Sample.ALL);
    }

    /** Measures all rows, and takes the digest of a sample of them. */
    public TableSummary(Columns columns, Sample sample) {
        this(columns, sample, Optional.empty());
    }

    private TableSummary(Columns columns, Sample sample, Optional<KeptSummary> kept) {
        this.sample = requireNonNull(sample, "sample");
        this.kept = kept;
        this.rows = kept.map(before -> before.facts().rows()).orElse(0L);
        this.columns = columns;
        this.digest = new DigestAccumulator(columns, sample);
        this.summaries = IntStream.range(0, columns.size())
                .mapToObj(i -> ColumnSummary.of(columns.get(i).type(), i))
                .toList();
    }

    /** What another process measured of rows of these columns, as {@link #kept} gave it; no rows can be added. */
    public static TableSummary restored(Columns columns, String kept) {
        KeptSummary before = KeptSummary.ofJson(columns, kept);
        return new TableSummary(columns, before.digest().asText().sample(), Optional.of(before));
    }

    /** Of which rows the digest is. */
    public Sample sample() {
        return sample;
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

    /** The digest of the rows added, or of their sample, as a table has it that holds the columns in such storages. */
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
