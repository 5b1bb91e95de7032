package org.caravan.redshift;

import java.sql.SQLException;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Scope;

/**
 * One way to change the target's rows, within the transaction of a publication that holds the locks. Whatever it finds wrong, it
 * throws, and everything is rolled back. Stateless but for what it was made of.
 */
interface PublishMode {
    /** Changes the target, which is there and fits the run's columns, and checks the counts. */
    Effect apply(Script script) throws SQLException;

    /** Which rows of the target are the run's afterwards; asks the staging table only. */
    Scope scope(Script script, long rowsAfter) throws SQLException;

    /** Whether rows of the target are changed in place, so that other writers must have ended. */
    default boolean writesTarget() {
        return true;
    }

    /**
     * The mode that a request asks for.
     *
     * @throws CaravanException if the columns that it names cannot serve
     */
    static PublishMode of(PublishRequest request) {
        return switch (request.options().mode()) {
            case REPLACE -> new Replace(request);
            case SWAP -> new Swap(request);
            case APPEND -> new Append(request);
            case MERGE -> new Merge(request);
            case REPLACE_PARTITION -> new ReplacePartition(request);
        };
    }

    /** Fails unless a count is what it must be. */
    static void check(PublishRequest request, String what, long expected, long found) {
        if (expected != found) {
            throw new CaravanException(
                    Category.PUBLISH,
                    "Inside the publish transaction of run " + request.run() + " " + what + " " + found
                            + " rows instead of " + expected
                            + "; it is rolled back and readers see the rows of before.");
        }
    }
}
