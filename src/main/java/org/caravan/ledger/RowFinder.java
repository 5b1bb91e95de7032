package org.caravan.ledger;

import org.caravan.schema.TableName;

/** Finds rows in which a table of a run differs from what it was made of, on request, after a difference was found. */
public interface RowFinder {
    /**
     * Says which rows differ, and between what and what; or that none was found, or why they cannot be looked for. Throws nothing.
     *
     * @param most how many rows at the most
     */
    String find(TableName table, int most);
}
