package org.caravan.schema;

/** Integers, booleans, days, microseconds and unscaled decimals of up to 18 digits. */
public final class LongVector extends Vector {
    private final long[] values;

    LongVector(int capacity) {
        super(capacity);
        this.values = new long[capacity];
    }

    public long get(int row) {
        return values[row];
    }

    public void set(int row, long value) {
        values[row] = value;
    }

    @Override
    void copyValue(Vector from, int fromRow, int row) {
        values[row] = ((LongVector) from).values[fromRow];
    }
}
