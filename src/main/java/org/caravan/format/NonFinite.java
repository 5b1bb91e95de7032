package org.caravan.format;

/** What to do with NaN and the infinities, for which neither CSV nor JSON has numbers. */
public enum NonFinite {
    /** The file fails, and the message names row and column. */
    REFUSE,
    /**
     * They are written as the texts NaN, Infinity and -Infinity, which are loaded by way of VARCHAR: COPY documents no text that it
     * takes for them in a column of floating-point numbers.
     */
    TEXT
}
