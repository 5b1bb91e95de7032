package org.caravan.schema;

import java.math.BigInteger;

/** Unscaled decimals of 19 to 38 digits, as 128-bit two's complement numbers: a signed high and an unsigned low half. */
public final class DecimalVector extends Vector {
    private final long[] high;
    private final long[] low;

    DecimalVector(int capacity) {
        super(capacity);
        this.high = new long[capacity];
        this.low = new long[capacity];
    }

    public long high(int row) {
        return high[row];
    }

    public long low(int row) {
        return low[row];
    }

    /** Stores an unscaled value; the caller has checked that it has at most 38 digits. */
    public void set(int row, BigInteger unscaled) {
        high[row] = unscaled.shiftRight(64).longValueExact();
        low[row] = unscaled.longValue();
    }

    /** Stores an unscaled value by its halves; the caller has checked that it has at most 38 digits. */
    public void set(int row, long highHalf, long lowHalf) {
        high[row] = highHalf;
        low[row] = lowHalf;
    }

    public BigInteger get(int row) {
        return BigInteger.valueOf(high[row]).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low[row])));
    }

    @Override
    void copyValue(Vector from, int fromRow, int row) {
        set(row, ((DecimalVector) from).high[fromRow], ((DecimalVector) from).low[fromRow]);
    }
}
