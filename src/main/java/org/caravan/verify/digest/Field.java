package org.caravan.verify.digest;

/**
 * The numbers below p = 2<sup>31</sup> − 1, a prime: a product of two of them fits 64 bits, and since 2<sup>31</sup> is 1, a number is
 * reduced by adding its upper bits to its lower 31.
 */
final class Field {
    static final long P = Integer.MAX_VALUE;

    private Field() {}

    /** The residue of a number that is not negative. */
    static long reduce(long value) {
        long folded = (value & P) + (value >>> 31);
        folded = (folded & P) + (folded >>> 31);
        long less = folded - P;
        // Adds p back to what is negative: no branch, so that loops become vector instructions.
        return less + ((less >> 63) & P);
    }

    /** A number congruent to one below 2<sup>63</sup> that is not negative, and below 2<sup>33</sup>: for adding some of them. */
    static long fold(long value) {
        return (value & P) + (value >>> 31);
    }

    /** The residue of a number of either sign whose magnitude is below p. */
    static long ofSigned(long value) {
        return value < 0 ? value + P : value;
    }

    static long multiply(long a, long b) {
        return reduce(a * b);
    }

    /** The fifth power: a bijection, since 5 and p − 1 = 2·3²·7·11·31·151·331 have no common factor. */
    static long fifth(long value) {
        // Below 2^32; its square, below 2^64, is taken without a sign and folded twice.
        long square = fold(value * value);
        long fourth = fold(fold(square * square));
        return reduce(fourth * value);
    }

    /** Reduces numbers that are not negative, in place. */
    static void reduceAll(long[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = reduce(values[i]);
        }
    }

    /** Reduces numbers that are not negative, and adds each to its sum. */
    static void addReduced(long[] values, long[] sums, int count) {
        for (int i = 0; i < count; i++) {
            long reduced = reduce(values[i]);
            values[i] = reduced;
            sums[i] += reduced;
        }
    }

    /** Adds to each sum what is congruent to a number that is not negative, and below 2<sup>33</sup>. */
    static void addFolded(long[] values, long[] sums, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += fold(values[i]);
        }
    }

    /** Raises residues to their fifth powers, in place. */
    static void raiseToFifth(long[] residues, int count) {
        for (int i = 0; i < count; i++) {
            residues[i] = fifth(residues[i]);
        }
    }

    static long sum(long[] values, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        return sum;
    }
}
