package org.caravan.schedule;

/** What becomes of a time that exists twice, because clocks are put back behind it. */
public enum DstOverlap {
    /** It comes the first time. */
    ONCE,
    /** It comes both times. */
    TWICE
}
