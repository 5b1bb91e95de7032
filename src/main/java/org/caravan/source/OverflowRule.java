package org.caravan.source;

/** What becomes of a value that its column's type cannot hold unchanged. */
public enum OverflowRule {
    /** The run fails, and the message names row, column and value. */
    FAIL,
    /** Text is cut to the bytes that its column holds, between two characters. */
    TRUNCATE,
    /** It becomes NULL. */
    NULL
}
