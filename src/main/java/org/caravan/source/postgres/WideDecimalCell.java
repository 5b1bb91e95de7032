package org.caravan.source.postgres;

import org.caravan.schema.ColumnType;
import org.caravan.schema.DecimalVector;
import org.caravan.schema.Vector;

/** Decimals of 19 to 38 digits, as 128-bit numbers, with no more fractional digits than their type has. */
final class WideDecimalCell implements Cell {
    private final int precision;
    private final int scale;
    private long high;
    private long low;

    WideDecimalCell(ColumnType.Decimal type) {
        this.precision = type.precision();
        this.scale = type.scale();
    }

    @Override
    public boolean decode(byte[] data, int from, int to, Vector vector, int row) {
        int at = from;
        boolean negative = at < to && data[at] == '-';
        if (negative) {
            at++;
        }
        high = 0;
        low = 0;
        // Digits of the number without leading zeros, which must not be more than the type's.
        int significant = 0;
        int fractional = -1;
        boolean any = false;
        for (; at < to; at++) {
            int digit = data[at] - '0';
            if (digit >= 0 && digit <= 9) {
                any = true;
                significant += significant > 0 || digit > 0 ? 1 : 0;
                fractional += fractional >= 0 ? 1 : 0;
                if (significant > precision) {
                    return false;
                }
                timesTenPlus(digit);
            } else if (data[at] == '.' && fractional < 0) {
                fractional = 0;
            } else {
                return false;
            }
        }
        int missing = scale - Math.max(fractional, 0);
        if (!any || missing < 0 || (significant > 0 && significant + missing > precision)) {
            return false;
        }
        for (int i = 0; i < missing && significant > 0; i++) {
            timesTenPlus(0);
        }
        if (negative) {
            low = -low;
            high = ~high + (low == 0 ? 1 : 0);
        }
        ((DecimalVector) vector).set(row, high, low);
        return true;
    }

    private void timesTenPlus(int digit) {
        if (high == 0 && low >= 0 && low < Long.MAX_VALUE / 10) {
            low = low * 10 + digit;
            return;
        }
        // The low half is unsigned: its upper product word gains 10 where its sign bit is set.
        long carry = Math.multiplyHigh(low, 10) + (low < 0 ? 10 : 0);
        long product = low * 10;
        low = product + digit;
        high = high * 10 + carry + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
    }
}
