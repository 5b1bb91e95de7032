package org.caravan.source;

/** What becomes of text with NUL characters, which no Redshift text can hold. */
public enum NulRule {
    /** The run fails, and the message names row and column. */
    FAIL,
    /** They are left out. */
    REMOVE,
    /** Each becomes U+FFFD, the replacement character. */
    REPLACE,
    /** The whole value becomes NULL. */
    NULL
}
