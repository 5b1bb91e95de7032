package org.caravan.verify.digest;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;

/**
 * Computes the digest of rows as they pass by in batches. Used by one thread at a time; two accumulators' digests can be added.
 *
 * <p>A table that holds SUPER has a digest without these columns, a staging table one with their text. Both are kept, where there
 * are such columns.
 */
public final class DigestAccumulator {
    private final Columns columns;
    private final Sample sample;
    private final SampledRows sampled;
    private final List<Optional<ColumnDigest>> digests = new ArrayList<>();
    private final List<Group> groups;
    private final Forms rowForms = new Forms();
    private final Forms scratch = new Forms();
    private long rows;

    /** For the digest of all rows. */
    public DigestAccumulator(Columns columns) {
        this(columns, Sample.ALL);
    }

    /** For the digest of a sample of the rows. */
    public DigestAccumulator(Columns columns, Sample sample) {
        this.columns = requireNonNull(columns, "columns");
        this.sample = requireNonNull(sample, "sample");
        this.sampled = new SampledRows(columns, sample);
        TextBatch texts = new TextBatch();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            boolean covered = Coverage.isSuper(column) || Coverage.covers(column);
            digests.add(
                    covered ? Optional.of(ColumnDigest.of(column.type(), i, texts, columns.size())) : Optional.empty());
        }
        this.groups = Groups.of(columns).stream().map(this::group).toList();
    }

    private Group group(Groups.Range range) {
        List<Part> all = new ArrayList<>();
        List<Part> asText = new ArrayList<>();
        for (int i = range.from(); i < range.to(); i++) {
            int column = i;
            List<Part> parts = Coverage.isSuper(columns.get(i)) ? asText : all;
            digests.get(i).ifPresent(digest -> parts.add(new Part(column, digest)));
        }
        return new Group(all, asText);
    }

    /** Adds the rows of a batch of the columns that this accumulator was made for. */
    public void add(Batch all) {
        Batch batch = sampled.of(all);
        int count = batch.rows();
        scratch.clear(count);
        for (Group group : groups) {
            rowForms.clear(count);
            for (Part part : group.parts) {
                part.digest.add(batch.vector(part.column), count, rowForms, scratch);
            }
            if (!group.asText.isEmpty()) {
                group.without.add(count, rowForms);
                for (Part part : group.asText) {
                    part.digest.add(batch.vector(part.column), count, rowForms, scratch);
                }
            }
            group.whole.add(count, rowForms);
        }
        rows += count;
    }

    /** The digest of the rows added so far, SUPER by its text. */
    public Digest digest() {
        return digest(columns.stored(type -> type instanceof ColumnType.Super ? Storage.JSON_TEXT : Storage.AS_IS));
    }

    /**
     * The digest that a table has which holds all rows added so far, or that of their sample.
     *
     * @param table the same columns, each in the storage that the table has for it
     */
    public Digest digest(Columns table) {
        boolean without = Coverage.leavesSuperOut(requireNonNull(table, "table"));
        List<BigInteger> figures = new ArrayList<>();
        for (int i = 0; i < digests.size(); i++) {
            boolean covered = Coverage.covers(table.get(i));
            figures.add(digests.get(i)
                    .filter(digest -> covered)
                    .map(ColumnDigest::figure)
                    .orElse(BigInteger.ZERO));
        }
        return new Digest(
                sample,
                rows,
                figures,
                groups.stream().map(group -> group.sums(without)).toList());
    }

    private record Part(int column, ColumnDigest digest) {}

    /** The columns of a group, those that are text here and SUPER in the target apart, and the rows' sums with and without these. */
    private record Group(List<Part> parts, List<Part> asText, RowSums whole, RowSums without) {
        Group(List<Part> parts, List<Part> asText) {
            this(parts, asText, new RowSums(), new RowSums());
        }

        Digest.Sums sums(boolean withoutText) {
            return withoutText && !asText.isEmpty() ? without.sums() : whole.sums();
        }
    }

    /** The sums of the mixed forms of rows. */
    private static final class RowSums {
        private final long[] mixed = new long[Batch.DEFAULT_CAPACITY];
        private BigInteger sumA = BigInteger.ZERO;
        private BigInteger sumB = BigInteger.ZERO;

        void add(int rows, Forms forms) {
            sumA = sumA.add(BigInteger.valueOf(mixed(rows, forms.a())));
            sumB = sumB.add(BigInteger.valueOf(mixed(rows, forms.b())));
        }

        Digest.Sums sums() {
            return new Digest.Sums(sumA, sumB);
        }

        /** The sum of the 25th powers; a batch is too small for it to reach 64 bits. The forms stay as they are. */
        private long mixed(int rows, long[] forms) {
            long sum = 0;
            for (int from = 0; from < rows; from += mixed.length) {
                int count = Math.min(mixed.length, rows - from);
                System.arraycopy(forms, from, mixed, 0, count);
                Field.reduceAll(mixed, count);
                Field.raiseToFifth(mixed, count);
                Field.raiseToFifth(mixed, count);
                sum += Field.sum(mixed, count);
            }
            return sum;
        }
    }
}
