package org.caravan.verify;

import org.caravan.ledger.MeasuredRows;

/** Exchange properties of the verification. */
public final class VerifyConstants {
    /** The exchange property that holds the {@link TableSummary} of the rows that were encoded. */
    public static final String EXPECTED = MeasuredRows.PROPERTY;

    private VerifyConstants() {}
}
