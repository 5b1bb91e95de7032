package org.caravan.format;

/** What to do with NaN and the infinities, for which neither CSV nor JSON has numbers that every reader takes. */
public enum NonFinite {
    /** The file fails, and the message names row and column. */
    REFUSE,
    /** They are written as the texts NaN, Infinity and -Infinity. That COPY loads these is documented nowhere. */
    TEXT
}
