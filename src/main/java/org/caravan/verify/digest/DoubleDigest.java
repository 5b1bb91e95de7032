package org.caravan.verify.digest;

import org.caravan.schema.DoubleVector;
import org.caravan.schema.Vector;

/**
 * Floating-point numbers: |x| = y·2<sup>30j</sup> with 1 ≤ y &lt; 2<sup>30</sup>, which is exact; then the whole part of y with the sign
 * of x, the next 30 bits, the last 22 bits, and j + {@value #BIAS}.
 */
final class DoubleDigest extends ColumnDigest {
    /** Bits of a chunk, and of a step of the exponent. */
    static final int BITS = 30;

    /** Makes the exponent's residue positive, and larger than the constants of what is not a finite number. */
    static final int BIAS = 64;

    static final int NOT_A_NUMBER = 1;
    static final int INFINITE = 2;
    static final int NEGATIVE_INFINITE = 3;

    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;

    DoubleDigest(int column) {
        super(column);
    }

    @Override
    void forms(Vector vector, int rows, long[] formsA, long[] formsB) {
        DoubleVector values = (DoubleVector) vector;
        for (int row = 0; row < rows; row++) {
            double value = values.get(row);
            if (value == 0) {
                formsA[row] = a.offset();
                formsB[row] = b.offset();
            } else if (Math.abs(value) <= Double.MAX_VALUE) {
                finite(value, row, formsA, formsB);
            } else {
                int special = Double.isNaN(value) ? NOT_A_NUMBER : value > 0 ? INFINITE : NEGATIVE_INFINITE;
                formsA[row] = a.form(Coefficients.EXPONENT, special);
                formsB[row] = b.form(Coefficients.EXPONENT, special);
            }
        }
    }

    private void finite(double value, int row, long[] formsA, long[] formsB) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = Math.getExponent(value);
        long mantissa = bits & MANTISSA;
        if (exponent < Double.MIN_EXPONENT) {
            // Subnormal: bring the highest bit to where the implied one of a normal number is.
            int shift = Long.numberOfLeadingZeros(mantissa) - (63 - MANTISSA_BITS);
            mantissa <<= shift;
            exponent = Double.MIN_EXPONENT - shift;
        } else {
            mantissa |= 1L << MANTISSA_BITS;
        }
        int step = Math.floorDiv(exponent, BITS);
        int fractionBits = MANTISSA_BITS - (exponent - step * BITS);
        long whole = mantissa >>> fractionBits;
        // The fraction of y, as 60 bits.
        long fraction = (mantissa & ((1L << fractionBits) - 1)) << (2 * BITS - fractionBits);
        long h0 = bits < 0 ? Field.P - whole : whole;
        long h1 = fraction >>> BITS;
        long h2 = fraction & ((1L << BITS) - 1);
        long h3 = (long) step + BIAS;
        formsA[row] = a.offset()
                + Field.fold(a.of(0) * h0)
                + Field.fold(a.of(1) * h1)
                + Field.fold(a.of(2) * h2)
                + Field.fold(a.of(Coefficients.EXPONENT) * h3);
        formsB[row] = b.offset()
                + Field.fold(b.of(0) * h0)
                + Field.fold(b.of(1) * h1)
                + Field.fold(b.of(2) * h2)
                + Field.fold(b.of(Coefficients.EXPONENT) * h3);
    }
}
