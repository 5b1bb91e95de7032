package org.caravan.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as UTF-8 bytes, value after value in one array. Rows are appended in order: each row is set, or set to NULL, before the
 * next.
 */
public final class BytesVector extends Vector {
    private static final int INITIAL_BYTES = 1024;

    private final int[] ends;
    private byte[] data = new byte[INITIAL_BYTES];

    BytesVector(int capacity) {
        super(capacity);
        this.ends = new int[capacity];
    }

    /** The bytes of all rows; valid until the next append or clear, and owned by this vector. */
    public byte[] data() {
        return data;
    }

    public int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    public int length(int row) {
        return ends[row] - start(row);
    }

    /** The bytes appended so far, for bounding a batch by its size. */
    public int bytes(int rows) {
        return rows == 0 ? 0 : ends[rows - 1];
    }

    public void append(int row, byte[] source, int offset, int length) {
        int start = start(row);
        reserve(start + length);
        System.arraycopy(source, offset, data, start, length);
        ends[row] = start + length;
    }

    @Override
    public void setNull(int row) {
        super.setNull(row);
        ends[row] = start(row);
    }

    /** The text of a row; for messages and tests, not for the hot path. */
    public String text(int row) {
        return new String(data, start(row), length(row), StandardCharsets.UTF_8);
    }

    private void reserve(int size) {
        if (size > data.length) {
            data = Arrays.copyOf(
                    data, Math.max(size, Math.toIntExact(Math.min(data.length * 2L, Integer.MAX_VALUE - 8L))));
        }
    }

    @Override
    void copyValue(Vector from, int fromRow, int row) {
        BytesVector other = (BytesVector) from;
        append(row, other.data, other.start(fromRow), other.length(fromRow));
    }
}
