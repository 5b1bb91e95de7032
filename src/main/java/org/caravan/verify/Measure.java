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
    /** Bytes of all values: of binary, and of text and JSON text in UTF-8, trailing blanks included. */
    BYTES,
    /** JSON values that are {@code null}; no engine is asked for them, see {@link TableFacts}. */
    JSON_NULLS;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
