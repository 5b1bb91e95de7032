package org.caravan.sandbox.source;

import java.math.BigDecimal;

/**
 * TPC-H's scale factor: 1 means 6,001,215 line items.
 *
 * @param factor the factor, in its shortest plain form
 */
public record Scale(BigDecimal factor) {
    /** Below it there are too few suppliers for every part to have four different ones. */
    private static final BigDecimal SMALLEST = new BigDecimal("0.01");

    private static final BigDecimal LARGEST = new BigDecimal("100");

    public Scale {
        if (factor.compareTo(SMALLEST) < 0 || factor.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("scale " + factor.toPlainString() + " is out of range; give one from "
                    + SMALLEST + " to " + LARGEST);
        }
        factor = new BigDecimal(factor.stripTrailingZeros().toPlainString());
    }

    public static Scale of(String text) {
        BigDecimal factor;
        try {
            factor = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("scale '" + text + "' is not a number; give one such as 0.1", e);
        }
        return new Scale(factor);
    }

    @Override
    public String toString() {
        return factor.toPlainString();
    }
}
