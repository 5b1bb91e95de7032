package org.caravan.format;

import java.util.Arrays;
import org.caravan.schema.Vector;

/**
 * Which rows of a column's open page are NULL.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/nulls/">Nulls</a>
 */
final class DefinitionLevels {
    private static final int WIDTH = 1;
    private static final int INITIAL_ROWS = 64;

    /** A level a row; the rows before the page's first NULL are filled in when it comes. */
    private int[] levels = new int[INITIAL_ROWS];

    private int rows;
    private int nulls;

    int rows() {
        return rows;
    }

    int nulls() {
        return nulls;
    }

    void append(Vector vector, int from, int to) {
        int added = to - from;
        if (nulls == 0 && !vector.hasNulls()) {
            rows += added;
            return;
        }
        if (rows + added > levels.length) {
            levels = Arrays.copyOf(levels, Math.max(rows + added, levels.length * 2));
        }
        if (nulls == 0) {
            Arrays.fill(levels, 0, rows, 1);
        }
        for (int row = from; row < to; row++) {
            int level = vector.isNull(row) ? 0 : 1;
            levels[rows++] = level;
            nulls += 1 - level;
        }
    }

    /** Ends the page: appends its levels with their size before them, as data pages of version 1 have it. */
    void endPage(Buffer out) {
        int start = out.size();
        out.putInt(0);
        if (nulls == 0) {
            HybridRle.repeat(1, rows, WIDTH, out);
        } else {
            HybridRle.encode(levels, rows, WIDTH, out);
        }
        out.setInt(start, out.size() - start - Integer.BYTES);
        rows = 0;
        nulls = 0;
    }

    /** Frees memory above a limit. */
    void release(int mostRetained) {
        if ((long) levels.length * Integer.BYTES > mostRetained) {
            levels = new int[INITIAL_ROWS];
        }
    }

    long heldBytes() {
        return nulls == 0 ? 0 : (long) rows * Integer.BYTES;
    }
}
