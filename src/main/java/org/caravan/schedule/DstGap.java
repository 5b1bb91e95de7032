package org.caravan.schedule;

/** What becomes of a time that does not exist, because clocks are put forward over it. */
public enum DstGap {
    /** It comes as much later as the clocks are put forward: 02:30 is 03:30 that day. */
    SHIFT,
    /** It does not come that day. */
    SKIP
}
