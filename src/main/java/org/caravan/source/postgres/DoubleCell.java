package org.caravan.source.postgres;

import org.caravan.schema.DoubleVector;
import org.caravan.schema.Vector;

/**
 * Finite double precision numbers. A mantissa below 2⁵³ and a power of ten up to 10²² are both exact, so that one multiplication
 * or division rounds correctly (W. Clinger, "How to Read Floating Point Numbers Accurately", 1990); Java's own parser does the
 * others.
 */
final class DoubleCell implements Cell {
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final long MAX_MANTISSA = 1L << 53;

    private final FloatText text = new FloatText();

    @Override
    public boolean decode(byte[] data, int from, int to, Vector vector, int row) {
        if (!text.parse(data, from, to)) {
            return false;
        }
        int power = Math.abs(text.exponent);
        double value;
        if (text.exact && text.mantissa <= MAX_MANTISSA && power < POWERS.length) {
            value = text.exponent < 0 ? text.mantissa / POWERS[power] : text.mantissa * POWERS[power];
            value = text.negative ? -value : value;
        } else {
            value = Double.parseDouble(FloatText.string(data, from, to));
        }
        ((DoubleVector) vector).set(row, value);
        return true;
    }
}
