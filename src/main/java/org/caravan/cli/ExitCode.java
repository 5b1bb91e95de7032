package org.caravan.cli;

/** Exit codes beside those of {@link org.caravan.ledger.Category}. */
final class ExitCode {
    static final int DONE = 0;
    static final int USAGE = 2;

    private ExitCode() {}
}
