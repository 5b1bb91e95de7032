package org.caravan.verify.digest;

import org.caravan.schema.ColumnType;

/**
 * How an exact number is cut: nine decimal digits a chunk, from the decimal point to the left and, apart from that, to the right.
 * So a number has the same chunks whatever the precision, scale or width of its type.
 *
 * @param wholeDigits the most digits before the decimal point
 * @param scale the digits after it
 */
record Chunks(int wholeDigits, int scale) {
    static final int DIGITS = 9;
    static final int BASE = 1_000_000_000;

    private static final int LONG_DIGITS = 19;

    static Chunks of(ColumnType type) {
        if (type instanceof ColumnType.Decimal decimal) {
            return new Chunks(decimal.precision() - decimal.scale(), decimal.scale());
        }
        if (type instanceof ColumnType.Int integer) {
            return new Chunks(integer.bytes() == 2 ? 5 : integer.bytes() == 4 ? 10 : LONG_DIGITS, 0);
        }
        if (type instanceof ColumnType.Date) {
            return new Chunks(DIGITS, 0);
        }
        return new Chunks(LONG_DIGITS, 0);
    }

    int whole() {
        return (wholeDigits + DIGITS - 1) / DIGITS;
    }

    int fraction() {
        return (scale + DIGITS - 1) / DIGITS;
    }

    /** The digits that the last chunk of the fraction really has; it is filled up with zeros on the right. */
    int lastDigits() {
        return scale - DIGITS * (fraction() - 1);
    }

    static int powerOfTen(int exponent) {
        int power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
