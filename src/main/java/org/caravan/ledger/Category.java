package org.caravan.ledger;

import java.util.Locale;

/** What kind of thing went wrong; decides the exit code, and labels the error. */
public enum Category {
    CONFIG(3),
    SOURCE(4),
    STAGE(5),
    LOAD(6),
    VERIFY(7),
    PUBLISH(8),
    INTERRUPTED(9);

    private final int exitCode;

    Category(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The name as reports show it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
