package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

/** Values of a column that a rule of the user's changed on the way, such as {@code truncate}, and how many. */
public record Alteration(String column, String rule, long values) {
    public Alteration {
        requireNonNull(column, "column");
        requireNonNull(rule, "rule");
    }
}
