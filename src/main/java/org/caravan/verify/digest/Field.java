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
        return folded >= P ? folded - P : folded;
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
        long square = multiply(value, value);
        return multiply(multiply(square, square), value);
    }
}
