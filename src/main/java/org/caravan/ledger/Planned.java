package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

/**
 * A statement that a step of a run executes, by the very code that executes it; immutable.
 *
 * @param sql the statement, without the run's comment that stands before it
 * @param effort what it costs whom, such as "Redshift reads the table"; may be empty
 */
public record Planned(String sql, String effort) {
    public Planned {
        requireNonNull(sql, "sql");
        requireNonNull(effort, "effort");
    }

    public Planned(String sql) {
        this(sql, "");
    }
}
