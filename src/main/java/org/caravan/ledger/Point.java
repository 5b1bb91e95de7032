package org.caravan.ledger;

import java.util.Locale;

/** Where the rows of a run are counted. */
public enum Point {
    /** Rows that the query gave. */
    SOURCE,
    /** Rows in the parts that were encoded. */
    FILES,
    /** Rows that COPY reported. */
    COPIED,
    /** Rows that Redshift counts in the table. */
    REDSHIFT,
    /** Rows that Databricks counts in the table. */
    DATABRICKS;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
