package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

/** That a run does not go on from its files, although they may be whole. */
public final class RefusedResumption extends CaravanException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * A refusal.
     *
     * @param reason the part of the message that says why
     */
    public RefusedResumption(RunId run, String reason, String advice) {
        super(Category.CONFIG, "Run " + run + " does not go on: " + reason + ". " + advice);
        this.reason = requireNonNull(reason, "reason");
    }

    /** Why, without the run and without advice. */
    public String reason() {
        return reason;
    }
}
