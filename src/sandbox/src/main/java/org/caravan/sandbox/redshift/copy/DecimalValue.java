package org.caravan.sandbox.redshift.copy;

import java.math.BigInteger;

/**
 * Writes decimals in PostgreSQL's binary form: digits to the base 10,000, aligned at the decimal point
 * (numeric_send in src/backend/utils/adt/numeric.c).
 */
final class DecimalValue {
    private static final int BASE = 10_000;
    private static final long[] POWERS = {1, 10, 100, 1000};
    private static final BigInteger BIG_BASE = BigInteger.valueOf(BASE);

    private final int scale;
    private final int fractionDigits;
    private final long alignment;
    private final BigInteger bigAlignment;
    private final short[] digits = new short[32];

    DecimalValue(int scale) {
        this.scale = scale;
        this.fractionDigits = (scale + 3) / 4;
        this.alignment = POWERS[fractionDigits * 4 - scale];
        this.bigAlignment = BigInteger.valueOf(alignment);
    }

    void write(long unscaled, RowBuffer out) {
        long magnitude = Math.abs(unscaled);
        if (unscaled == Long.MIN_VALUE || magnitude > Long.MAX_VALUE / alignment) {
            write(BigInteger.valueOf(unscaled), out);
            return;
        }
        magnitude *= alignment;
        int count = 0;
        while (magnitude != 0) {
            digits[count++] = (short) (magnitude % BASE);
            magnitude /= BASE;
        }
        write(count, unscaled < 0, out);
    }

    void write(BigInteger unscaled, RowBuffer out) {
        BigInteger magnitude = unscaled.abs();
        if (magnitude.bitLength() < 50) {
            write(unscaled.longValue(), out);
            return;
        }
        magnitude = magnitude.multiply(bigAlignment);
        int count = 0;
        while (magnitude.signum() != 0) {
            BigInteger[] parts = magnitude.divideAndRemainder(BIG_BASE);
            digits[count++] = parts[1].shortValue();
            magnitude = parts[0];
        }
        write(count, unscaled.signum() < 0, out);
    }

    /** The digits lie lowest first; zeros at the low end are left out, as PostgreSQL does. */
    private void write(int count, boolean negative, RowBuffer out) {
        int lowest = 0;
        while (lowest < count && digits[lowest] == 0) {
            lowest++;
        }
        int written = count - lowest;
        out.int32(8 + 2 * written);
        out.int16(written);
        out.int16(written == 0 ? 0 : count - fractionDigits - 1);
        out.int16(negative ? 0x4000 : 0);
        out.int16(scale);
        for (int i = count - 1; i >= lowest; i--) {
            out.int16(digits[i]);
        }
    }
}
