package org.caravan.verify.digest;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;

/**
 * Computes the digest of rows as they pass by in batches. Used by one thread at a time; two accumulators' digests can be added.
 */
public final class DigestAccumulator {
    private final List<ColumnDigest> columns;
    private final List<RowSums> groups;
    private final Forms rowForms = new Forms();
    private final Forms scratch = new Forms();
    private long rows;

    public DigestAccumulator(Columns columns) {
        requireNonNull(columns, "columns");
        this.columns = IntStream.range(0, columns.size())
                .mapToObj(i -> ColumnDigest.of(columns.get(i).type(), i))
                .toList();
        this.groups = Groups.of(columns).stream().map(RowSums::new).toList();
    }

    /** Adds the rows of a batch of the columns that this accumulator was made for. */
    public void add(Batch batch) {
        int count = batch.rows();
        scratch.clear(count);
        for (RowSums group : groups) {
            rowForms.clear(count);
            for (int i = group.range.from(); i < group.range.to(); i++) {
                columns.get(i).add(batch.vector(i), count, rowForms, scratch);
            }
            group.add(count, rowForms);
        }
        rows += count;
    }

    /** The digest of all rows added so far. */
    public Digest digest() {
        List<BigInteger> figures = new ArrayList<>();
        for (ColumnDigest column : columns) {
            figures.add(column.figure());
        }
        return new Digest(rows, figures, groups.stream().map(RowSums::sums).toList());
    }

    /** The sums of the mixed forms of the rows of one group. */
    private static final class RowSums {
        private final Groups.Range range;
        private BigInteger sumA = BigInteger.ZERO;
        private BigInteger sumB = BigInteger.ZERO;

        RowSums(Groups.Range range) {
            this.range = range;
        }

        void add(int rows, Forms forms) {
            sumA = sumA.add(BigInteger.valueOf(mixed(rows, forms.a())));
            sumB = sumB.add(BigInteger.valueOf(mixed(rows, forms.b())));
        }

        Digest.Sums sums() {
            return new Digest.Sums(sumA, sumB);
        }

        /** The sum of the 25th powers; a batch is too small for it to reach 64 bits. */
        private static long mixed(int rows, long[] forms) {
            long sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += Field.fifth(Field.fifth(Field.reduce(forms[row])));
            }
            return sum;
        }
    }
}
