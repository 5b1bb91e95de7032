package org.caravan.format;

import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** Integers, dates, time stamps, and decimals of up to 18 digits. */
final class IntegerWriter extends ColumnWriter {
    private final LongValues values;
    private final int width;
    private final long least;
    private final long largest;
    private final boolean everyLong;

    IntegerWriter(Column column, LongValues values, ParquetOptions options, PageWriter pageWriter) {
        super(column, values, options, pageWriter);
        this.values = values;
        this.width = width(column.type());
        this.largest = Limits.largest(column.type());
        this.least = Limits.least(column.type());
        this.everyLong = least == Long.MIN_VALUE && largest == Long.MAX_VALUE;
    }

    @Override
    int rowsThatFit(Vector vector, int from, int to, int bytes) {
        return ColumnWriters.fixedRowsThatFit(from, to, bytes, width);
    }

    @Override
    void append(Vector vector, int from, int to) {
        LongVector longs = (LongVector) vector;
        if (!longs.hasNulls() && areAllowed(longs, from, to)) {
            values.addAll(longs, from, to);
            return;
        }
        for (int row = from; row < to; row++) {
            if (longs.isNull(row)) {
                continue;
            }
            long value = longs.get(row);
            if (value < least || value > largest) {
                throw refusal(row, from, value, least + " to " + largest);
            }
            values.add(value);
        }
    }

    /**
     * Whether no value is out of the type's range, of which 0 is within; by the signs of differences, so that the loop has no branch
     * and becomes vector instructions.
     */
    private boolean areAllowed(LongVector longs, int from, int to) {
        if (everyLong) {
            return true;
        }
        long signs = 0;
        for (int row = from; row < to; row++) {
            long value = longs.get(row);
            signs |= (value - least) | (largest - value);
        }
        return signs >= 0;
    }

    static int width(ColumnType type) {
        return switch (ParquetSchema.physical(type)) {
            case INT32 -> Integer.BYTES;
            case INT64 -> Long.BYTES;
            default -> throw new IllegalArgumentException(type + " is not stored as an integer");
        };
    }
}
