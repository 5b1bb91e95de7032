package org.caravan.verify.digest;

import org.caravan.schema.DecimalVector;
import org.caravan.schema.Vector;

/** Decimals of 19 to 38 digits, by the same chunks; a 128-bit magnitude is divided in four limbs of 32 bits. */
final class WideDecimalDigest extends ColumnDigest {
    private static final long LIMB = 0xffff_ffffL;

    private final Chunks chunks;
    private final int[] limbs = new int[4];

    WideDecimalDigest(int column, Chunks chunks) {
        super(column);
        this.chunks = chunks;
    }

    @Override
    void forms(Vector vector, int rows, long[] formsA, long[] formsB) {
        DecimalVector values = (DecimalVector) vector;
        int last = Chunks.powerOfTen(chunks.lastDigits());
        int fill = Chunks.powerOfTen(Chunks.DIGITS - chunks.lastDigits());
        for (int row = 0; row < rows; row++) {
            boolean negative = load(values.high(row), values.low(row));
            long formA = a.offset();
            long formB = b.offset();
            for (int k = chunks.fraction() - 1; k >= 0; k--) {
                long chunk = k == chunks.fraction() - 1 ? divide(last) * fill : divide(Chunks.BASE);
                long residue = Field.ofSigned(negative ? -chunk : chunk);
                formA += Field.fold(a.of(Coefficients.FRACTION + k) * residue);
                formB += Field.fold(b.of(Coefficients.FRACTION + k) * residue);
            }
            for (int k = 0; k < chunks.whole(); k++) {
                long chunk = divide(Chunks.BASE);
                long residue = Field.ofSigned(negative ? -chunk : chunk);
                formA += Field.fold(a.of(Coefficients.WHOLE + k) * residue);
                formB += Field.fold(b.of(Coefficients.WHOLE + k) * residue);
            }
            formsA[row] = formA;
            formsB[row] = formB;
        }
    }

    /** Takes the magnitude of a two's complement number apart; returns whether it was negative. */
    private boolean load(long high, long low) {
        boolean negative = high < 0;
        long magnitudeLow = negative ? -low : low;
        long magnitudeHigh = negative ? ~high + (low == 0 ? 1 : 0) : high;
        limbs[0] = (int) (magnitudeHigh >>> 32);
        limbs[1] = (int) magnitudeHigh;
        limbs[2] = (int) (magnitudeLow >>> 32);
        limbs[3] = (int) magnitudeLow;
        return negative;
    }

    /** Divides the magnitude by a divisor of at most 10⁹ and returns the remainder. */
    private long divide(int divisor) {
        long remainder = 0;
        for (int i = 0; i < limbs.length; i++) {
            long dividend = (remainder << 32) | (limbs[i] & LIMB);
            limbs[i] = (int) (dividend / divisor);
            remainder = dividend % divisor;
        }
        return remainder;
    }
}
