package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * What the publication of a run did to its target; immutable.
 *
 * @param transaction Redshift's id of the transaction, if it could be had
 * @param wasThere whether the run had been published already when this was asked for
 * @param rowsAfter the rows of the whole target when the run was published
 */
public record PublishedRows(
        String mode,
        String target,
        OptionalLong transaction,
        boolean wasThere,
        long inserted,
        long updated,
        long deleted,
        long rowsAfter) {
    public PublishedRows {
        requireNonNull(mode, "mode");
        requireNonNull(target, "target");
        requireNonNull(transaction, "transaction");
    }
}
