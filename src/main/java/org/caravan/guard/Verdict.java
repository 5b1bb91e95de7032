package org.caravan.guard;

/**
 * What came of a rule; immutable.
 *
 * @param reason what was found, with its figures; empty if there is nothing to say
 */
record Verdict(State state, String reason) {
    /** The rule has nothing against the rows, or is not answered yet. */
    static final Verdict QUIET = new Verdict(State.QUIET, "");

    /** Whether a rule strikes. */
    enum State {
        QUIET,
        STRIKES,
        SKIPPED
    }

    static Verdict strikes(String reason) {
        return new Verdict(State.STRIKES, reason);
    }

    static Verdict skipped(String reason) {
        return new Verdict(State.SKIPPED, reason);
    }
}
