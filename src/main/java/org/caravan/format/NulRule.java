package org.caravan.format;

/** What to do with a NUL character in text, which Redshift cannot hold. */
public enum NulRule {
    /** The file fails, and the message names row and column. */
    REFUSE,
    /** It is written as it is; COPY cannot load such a file. */
    KEEP
}
