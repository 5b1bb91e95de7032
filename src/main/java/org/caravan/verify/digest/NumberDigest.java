package org.caravan.verify.digest;

import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** Integers, booleans, days, microseconds and decimals of up to 18 digits, by their chunks. */
final class NumberDigest extends ColumnDigest {
    private final Chunks chunks;
    private final long added;

    /**
     * @param added what is added to each value first: 1 makes booleans 1 and 2
     */
    NumberDigest(int column, Chunks chunks, long added) {
        super(column);
        this.chunks = chunks;
        this.added = added;
    }

    @Override
    void forms(Vector vector, int rows, long[] formsA, long[] formsB) {
        LongVector values = (LongVector) vector;
        if (chunks.scale() > 0) {
            fractions(values, rows, formsA, formsB);
            return;
        }
        long offsetA = a.offset();
        long offsetB = b.offset();
        int whole = chunks.whole();
        for (int row = 0; row < rows; row++) {
            long value = values.get(row) + added;
            long formA = offsetA;
            long formB = offsetB;
            for (int k = 0; k < whole; k++) {
                long residue = Field.ofSigned(value % Chunks.BASE);
                formA += Field.fold(a.of(Coefficients.WHOLE + k) * residue);
                formB += Field.fold(b.of(Coefficients.WHOLE + k) * residue);
                value /= Chunks.BASE;
            }
            formsA[row] = formA;
            formsB[row] = formB;
        }
    }

    private void fractions(LongVector values, int rows, long[] formsA, long[] formsB) {
        int last = Chunks.powerOfTen(chunks.lastDigits());
        int fill = Chunks.powerOfTen(Chunks.DIGITS - chunks.lastDigits());
        int whole = chunks.whole();
        int fraction = chunks.fraction();
        for (int row = 0; row < rows; row++) {
            long value = values.get(row);
            long residue = Field.ofSigned(value % last * fill);
            value /= last;
            int slot = Coefficients.FRACTION + fraction - 1;
            long formA = a.offset() + Field.fold(a.of(slot) * residue);
            long formB = b.offset() + Field.fold(b.of(slot) * residue);
            for (int k = fraction - 2; k >= 0; k--) {
                residue = Field.ofSigned(value % Chunks.BASE);
                formA += Field.fold(a.of(Coefficients.FRACTION + k) * residue);
                formB += Field.fold(b.of(Coefficients.FRACTION + k) * residue);
                value /= Chunks.BASE;
            }
            for (int k = 0; k < whole; k++) {
                residue = Field.ofSigned(value % Chunks.BASE);
                formA += Field.fold(a.of(Coefficients.WHOLE + k) * residue);
                formB += Field.fold(b.of(Coefficients.WHOLE + k) * residue);
                value /= Chunks.BASE;
            }
            formsA[row] = formA;
            formsB[row] = formB;
        }
    }
}
