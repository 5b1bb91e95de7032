package org.caravan.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.caravan.schema.DecimalVector;
import org.caravan.schema.Vector;

/** Decimals of 19 to 38 digits, in 128 bits. */
final class DecimalSummary extends ColumnSummary {
    private static final long LOW = 0xffff_ffffL;

    private final int scale;
    private long minHigh = Long.MAX_VALUE;
    private long minLow = -1;
    private long maxHigh = Long.MIN_VALUE;
    private long maxLow;
    private BigInteger sum = BigInteger.ZERO;
    private boolean any;

    DecimalSummary(int column, int scale) {
        super(column);
        this.scale = scale;
    }

    /** Sums in limbs of 32 bits, none of which overflows within 2<sup>31</sup> rows. */
    @Override
    void add(Vector vector, int rows) {
        DecimalVector values = (DecimalVector) vector;
        long limb0 = 0;
        long limb1 = 0;
        long limb2 = 0;
        long limb3 = 0;
        for (int row = 0; row < rows; row++) {
            if (values.isNull(row)) {
                continue;
            }
            long high = values.high(row);
            long low = values.low(row);
            any = true;
            if (compare(high, low, minHigh, minLow) < 0) {
                minHigh = high;
                minLow = low;
            }
            if (compare(high, low, maxHigh, maxLow) > 0) {
                maxHigh = high;
                maxLow = low;
            }
            limb0 += low & LOW;
            limb1 += low >>> Integer.SIZE;
            limb2 += high & LOW;
            limb3 += high >> Integer.SIZE;
        }
        sum = sum.add(BigInteger.valueOf(limb0))
                .add(BigInteger.valueOf(limb1).shiftLeft(Integer.SIZE))
                .add(BigInteger.valueOf(limb2).shiftLeft(2 * Integer.SIZE))
                .add(BigInteger.valueOf(limb3).shiftLeft(3 * Integer.SIZE));
    }

    private static int compare(long high, long low, long otherHigh, long otherLow) {
        return high != otherHigh ? Long.compare(high, otherHigh) : Long.compareUnsigned(low, otherLow);
    }

    @Override
    void put(Map<Measure, Object> facts) {
        if (any) {
            facts.put(Measure.MIN, exact(minHigh, minLow));
            facts.put(Measure.MAX, exact(maxHigh, maxLow));
        }
        facts.put(Measure.SUM, ColumnFacts.exact(new BigDecimal(sum, scale)));
    }

    private BigDecimal exact(long high, long low) {
        BigInteger unscaled = BigInteger.valueOf(high)
                .shiftLeft(Long.SIZE)
                .add(BigInteger.valueOf(low >>> Integer.SIZE).shiftLeft(Integer.SIZE))
                .add(BigInteger.valueOf(low & LOW));
        return ColumnFacts.exact(new BigDecimal(unscaled, scale));
    }
}
