package org.caravan.stage;

import java.util.OptionalLong;

/**
 * Where a part ends: at its most rows or bytes; or earlier, where the cluster's slices and the rows to come are known, so that there
 * are as many equal parts as slices, or a multiple, and every slice loads as long as the others. Not thread-safe.
 *
 * <p>The rows to come are the source's estimate, so the count of parts is the multiple only as far as that is right: the last part
 * takes what is too much, and a part is missing where it was too high.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/c_best-practices-use-multiple-files.html">Loading data files: "the
 *     number of files is a multiple of the number of slices", of "1 MB to 1 GB after compression"</a>
 */
final class PartSizes {
    /** No part is cut smaller than this for the sake of the slices. */
    static final long LEAST_BYTES = 1_000_000;

    private final PartOptions options;
    private final OptionalLong expectedRows;
    private long targetRows;
    private long parts;

    PartSizes(PartOptions options, OptionalLong expectedRows) {
        this.options = options;
        this.expectedRows = options.slices() > 1 ? expectedRows : OptionalLong.empty();
        this.parts = options.slices();
        this.expectedRows.ifPresent(rows -> targetRows = ceiling(rows, parts));
    }

    /** Whether a part of these rows and bytes is full. */
    boolean isFull(int number, long rows, long bytes) {
        if (bytes >= options.maxBytes() || rows >= options.maxRows()) {
            return true;
        }
        return expectedRows.isPresent() && number < parts && rows >= targetRows && bytes >= LEAST_BYTES;
    }

    /** Learns from the first part how many bytes a row takes, and so how many parts there will be. */
    void encoded(int number, long rows, long bytes) {
        if (number != 1 || expectedRows.isEmpty() || rows == 0) {
            return;
        }
        double expectedBytes = (double) expectedRows.getAsLong() * bytes / rows;
        long waves = Math.max(1, (long) Math.ceil(expectedBytes / options.maxBytes() / options.slices()));
        parts = waves * options.slices();
        targetRows = ceiling(expectedRows.getAsLong(), parts);
    }

    private static long ceiling(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
