package org.caravan.schema;

/** Floating-point numbers; those of 4 bytes are widened, which is exact. */
public final class DoubleVector extends Vector {
    private final double[] values;

    DoubleVector(int capacity) {
        super(capacity);
        this.values = new double[capacity];
    }

    public double get(int row) {
        return values[row];
    }

    public void set(int row, double value) {
        values[row] = value;
    }

    @Override
    void copyValue(Vector from, int fromRow, int row) {
        values[row] = ((DoubleVector) from).values[fromRow];
    }
}
