package org.caravan.schema;

import java.util.Arrays;

/**
 * The values of one column for the rows of a {@link Batch}: a primitive array with a bitmap of NULLs. Reused from batch to
 * batch; not thread-safe. The value at a NULL row is unspecified.
 */
public abstract sealed class Vector permits LongVector, DoubleVector, DecimalVector, BytesVector {
    private final long[] nulls;
    private boolean anyNull;

    Vector(int capacity) {
        this.nulls = new long[(capacity + 63) / 64];
    }

    public final boolean isNull(int row) {
        return anyNull && (nulls[row >> 6] & (1L << row)) != 0;
    }

    /** Whether any row is NULL; lets a reader skip the look-up per row. */
    public final boolean hasNulls() {
        return anyNull;
    }

    public void setNull(int row) {
        nulls[row >> 6] |= 1L << row;
        anyNull = true;
    }

    /** Takes over a value of another vector of the same type; rows come in order. */
    final void copy(Vector from, int fromRow, int row) {
        if (from.isNull(fromRow)) {
            setNull(row);
        } else {
            copyValue(from, fromRow, row);
        }
    }

    abstract void copyValue(Vector from, int fromRow, int row);

    /** Forgets all values. */
    void clear() {
        if (anyNull) {
            Arrays.fill(nulls, 0);
            anyNull = false;
        }
    }

    static Vector of(ColumnType type, int capacity) {
        if (type instanceof ColumnType.FloatingPoint) {
            return new DoubleVector(capacity);
        }
        if (type instanceof ColumnType.Text || type instanceof ColumnType.Binary || type instanceof ColumnType.Super) {
            return new BytesVector(capacity);
        }
        if (type instanceof ColumnType.Decimal decimal && !decimal.fitsLong()) {
            return new DecimalVector(capacity);
        }
        return new LongVector(capacity);
    }
}
