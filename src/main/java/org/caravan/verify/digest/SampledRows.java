package org.caravan.verify.digest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;

/** Chooses the rows of a sample from batches, as {@link SampleKey} has the engines choose them. Used by one thread at a time. */
final class SampledRows {
    private final Sample sample;
    private final SampleKey key;
    private final List<ColumnDigest> parts = new ArrayList<>();
    private final Forms forms = new Forms();
    private long[] keys = {};
    private int[] chosen = {};
    private Optional<Batch> copies = Optional.empty();

    SampledRows(Columns columns, Sample sample) {
        this.sample = sample;
        this.key = SampleKey.of(columns);
        TextBatch texts = new TextBatch();
        for (int i : key.columns()) {
            parts.add(ColumnDigest.of(columns.get(i).type(), i, texts, columns.size()));
        }
    }

    /** The chosen rows of a batch: the batch itself where all are, else a copy that is valid until the next call. */
    Batch of(Batch batch) {
        if (sample.isAll() || parts.isEmpty()) {
            return batch;
        }
        long bound = sample.bound();
        long[] found = keys(batch);
        int count = 0;
        for (int row = 0; row < batch.rows(); row++) {
            if (found[row] < bound) {
                chosen[count] = row;
                count++;
            }
        }
        Batch copy = copies.filter(kept -> kept.capacity() >= batch.rows())
                .orElseGet(() -> new Batch(batch.columns(), batch.capacity()));
        copies = Optional.of(copy);
        copy.copy(batch, chosen, count);
        return copy;
    }

    /** The keys of a batch's rows, valid until the next call. */
    long[] keys(Batch batch) {
        int rows = batch.rows();
        if (keys.length < rows) {
            keys = new long[rows];
            chosen = new int[rows];
        }
        Arrays.fill(keys, 0, rows, 0);
        forms.clear(rows);
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).formsWithNulls(batch.vector(key.columns().get(i)), rows, forms);
            Field.addReduced(forms.a(), keys, rows);
        }
        for (int row = 0; row < rows; row++) {
            long form = Field.reduce(keys[row]);
            keys[row] = key.isOfNumbers() ? Field.multiply(form, form) : form;
        }
        return keys;
    }
}
