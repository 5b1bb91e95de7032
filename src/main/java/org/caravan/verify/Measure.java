package org.caravan.verify;

import java.util.Locale;

/** What is measured of a column. */
enum Measure {
    /** NULL values. */
    NULLS,
    /** The least value; for text by UTF-8 bytes, shown without trailing blanks. */
    MIN,
    /** The greatest value, likewise. */
    MAX,
    /** The exact sum of integers or decimals. */
    SUM,
    /** TRUE values. */
    TRUES,
    /** UTF-8 bytes of all values, trailing blanks included. */
    BYTES;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
