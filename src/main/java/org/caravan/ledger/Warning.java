package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

/**
 * Something about a run that does not fail it, but that somebody should look at; immutable.
 *
 * @param rule what found it, as a route or a setting says it, such as {@code nulls(email) > 5%}
 * @param message what was found, with its values
 */
public record Warning(String rule, String message) {
    /** The rule of a run that was told to stop and does not know whether it is published. */
    public static final String COMMIT = "COMMIT";

    public Warning {
        requireNonNull(rule, "rule");
        requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return rule + ": " + message;
    }
}
