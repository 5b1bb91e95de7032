package org.caravan.source.postgres;

import org.caravan.schema.DoubleVector;
import org.caravan.schema.Vector;

/** Finite real numbers, rounded to 4 bytes as {@link DoubleCell} rounds to 8: below 2²⁴ and up to 10¹⁰. */
final class FloatCell implements Cell {
    private static final float[] POWERS = {1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f};
    private static final long MAX_MANTISSA = 1L << 24;

    private final FloatText text = new FloatText();

    @Override
    public boolean decode(byte[] data, int from, int to, Vector vector, int row) {
        if (!text.parse(data, from, to)) {
            return false;
        }
        int power = Math.abs(text.exponent);
        float value;
        if (text.exact && text.mantissa <= MAX_MANTISSA && power < POWERS.length) {
            float mantissa = text.mantissa;
            value = text.exponent < 0 ? mantissa / POWERS[power] : mantissa * POWERS[power];
            value = text.negative ? -value : value;
        } else {
            value = Float.parseFloat(FloatText.string(data, from, to));
        }
        ((DoubleVector) vector).set(row, value);
        return true;
    }
}
