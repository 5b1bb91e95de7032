package org.caravan.source.postgres;

import org.caravan.schema.ColumnType;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** Decimals of up to 18 digits with no more fractional digits than their type has. */
final class DecimalCell implements Cell {
    private static final long[] POWERS = new long[ColumnType.MAX_LONG_PRECISION + 1];

    private final int scale;
    private final long limit;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    DecimalCell(ColumnType.Decimal type) {
        this.scale = type.scale();
        this.limit = POWERS[type.precision()];
    }

    @Override
    public boolean decode(byte[] data, int from, int to, Vector vector, int row) {
        int at = from;
        boolean negative = at < to && data[at] == '-';
        if (negative) {
            at++;
        }
        long value = 0;
        int digits = 0;
        // Digits of the number without leading zeros.
        int significant = 0;
        int point = -1;
        for (; at < to; at++) {
            int digit = data[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits++;
                significant += significant > 0 || digit > 0 ? 1 : 0;
                if (significant > ColumnType.MAX_LONG_PRECISION) {
                    return false;
                }
                value = value * 10 + digit;
            } else if (data[at] == '.' && point < 0) {
                point = digits;
            } else {
                return false;
            }
        }
        int missing = point < 0 ? scale : scale - (digits - point);
        if (digits == 0 || missing < 0 || significant + missing > ColumnType.MAX_LONG_PRECISION) {
            return false;
        }
        value *= POWERS[missing];
        if (value >= limit) {
            return false;
        }
        ((LongVector) vector).set(row, negative ? -value : value);
        return true;
    }
}
