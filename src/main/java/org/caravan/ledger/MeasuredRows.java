package org.caravan.ledger;

/** What was counted of the rows of a run as they were encoded. Complete once the last part is closed. */
public interface MeasuredRows {
    /** The exchange property that holds it. */
    String PROPERTY = "CaravanExpected";

    long rows();

    /** How many values of a column are NULL. */
    long nulls(int column);
}
