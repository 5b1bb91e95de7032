package org.caravan.verify.digest;

import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** Integers, booleans, days, microseconds and decimals of up to 18 digits, by their chunks. */
final class NumberDigest extends ColumnDigest {
    /** Below a chunk's 10⁹ even with 1 added, and a power of two, so that it bounds the union of values' bits. */
    private static final long SMALL = 1L << 29;

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
        long lowestA = a.of(Coefficients.WHOLE);
        long lowestB = b.of(Coefficients.WHOLE);
        if (areSmall(values, rows)) {
            for (int row = 0; row < rows; row++) {
                long value = values.get(row) + added;
                long residue = value + ((value >> 63) & Field.P);
                formsA[row] = offsetA + lowestA * residue;
                formsB[row] = offsetB + lowestB * residue;
            }
            return;
        }
        for (int row = 0; row < rows; row++) {
            long value = values.get(row) + added;
            long rest = value / Chunks.BASE;
            long lowest = Field.ofSigned(value - rest * Chunks.BASE);
            long formA = offsetA + Field.fold(lowestA * lowest);
            long formB = offsetB + Field.fold(lowestB * lowest);
            // Many values are done: a chunk of 0 adds nothing.
            for (int k = 1; rest != 0; k++) {
                long next = rest / Chunks.BASE;
                long residue = Field.ofSigned(rest - next * Chunks.BASE);
                formA += Field.fold(a.of(Coefficients.WHOLE + k) * residue);
                formB += Field.fold(b.of(Coefficients.WHOLE + k) * residue);
                rest = next;
            }
            formsA[row] = formA;
            formsB[row] = formB;
        }
    }

    /** Whether every value, with what is added to it, is one chunk. What stands at NULL rows may make this false, and nothing else. */
    private static boolean areSmall(LongVector values, int rows) {
        long bits = 0;
        for (int row = 0; row < rows; row++) {
            long value = values.get(row);
            bits |= value ^ (value >> 63);
        }
        return bits < SMALL;
    }

    private void fractions(LongVector values, int rows, long[] formsA, long[] formsB) {
        int last = Chunks.powerOfTen(chunks.lastDigits());
        int fill = Chunks.powerOfTen(Chunks.DIGITS - chunks.lastDigits());
        int whole = chunks.whole();
        int fraction = chunks.fraction();
        for (int row = 0; row < rows; row++) {
            long value = values.get(row);
            long rest = quotient(value, last);
            long residue = Field.ofSigned((value - rest * last) * fill);
            value = rest;
            int slot = Coefficients.FRACTION + fraction - 1;
            long formA = a.offset() + Field.fold(a.of(slot) * residue);
            long formB = b.offset() + Field.fold(b.of(slot) * residue);
            for (int k = fraction - 2; k >= 0; k--) {
                residue = Field.ofSigned(value % Chunks.BASE);
                formA += Field.fold(a.of(Coefficients.FRACTION + k) * residue);
                formB += Field.fold(b.of(Coefficients.FRACTION + k) * residue);
                value /= Chunks.BASE;
            }
            for (int k = 0; k < whole && value != 0; k++) {
                residue = Field.ofSigned(value % Chunks.BASE);
                formA += Field.fold(a.of(Coefficients.WHOLE + k) * residue);
                formB += Field.fold(b.of(Coefficients.WHOLE + k) * residue);
                value /= Chunks.BASE;
            }
            formsA[row] = formA;
            formsB[row] = formB;
        }
    }

    /** A quotient by a power of ten; by a constant where decimals usually end, since that is a multiplication. */
    private static long quotient(long value, int power) {
        return switch (power) {
            case 10 -> value / 10;
            case 100 -> value / 100;
            case 1000 -> value / 1000;
            case 10_000 -> value / 10_000;
            case 1_000_000 -> value / 1_000_000;
            case Chunks.BASE -> value / Chunks.BASE;
            default -> value / power;
        };
    }
}
