package org.caravan.reload;

/** What a trial says of a version; immutable. */
sealed interface Tried {
    /** It can be loaded. */
    record Good(Contents contents) implements Tried {}

    /** It cannot. */
    record Bad(Problem problem) implements Tried {}
}
