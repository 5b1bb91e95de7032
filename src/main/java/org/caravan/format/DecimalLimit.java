package org.caravan.format;

import java.math.BigInteger;

/** The bound of a decimal's unscaled values as 128-bit numbers: their magnitude is below a power of ten. Immutable. */
final class DecimalLimit {
    private final BigInteger limit;
    private final long limitHigh;
    private final long limitLow;

    DecimalLimit(int precision) {
        this.limit = BigInteger.TEN.pow(precision);
        this.limitHigh = limit.shiftRight(Long.SIZE).longValueExact();
        this.limitLow = limit.longValue();
    }

    boolean allows(long high, long low) {
        long magnitudeHigh = high >= 0 ? high : ~high + (low == 0 ? 1 : 0);
        long magnitudeLow = high >= 0 ? low : -low;
        int difference = Long.compareUnsigned(magnitudeHigh, limitHigh);
        return difference < 0 || (difference == 0 && Long.compareUnsigned(magnitudeLow, limitLow) < 0);
    }

    /** What is allowed, for a message. */
    @Override
    public String toString() {
        return "an unscaled value between -" + limit + " and " + limit;
    }
}
