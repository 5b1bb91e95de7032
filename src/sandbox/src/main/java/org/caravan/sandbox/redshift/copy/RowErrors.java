package org.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.wire.SqlError;

/** The rejected rows of one COPY: counts them, records them, and fails the load when there are too many. Used by one thread. */
final class RowErrors {
    private static final int BATCH = 200;

    private final LoadHistory history;
    private final LoadHistory.Load load;
    private final CopyOptions.ErrorLimit limit;
    private final List<LoadError> unwritten = new ArrayList<>();
    private final List<LoadHistory.Replacement> replacements = new ArrayList<>();
    private long count;
    private long replaced;

    RowErrors(LoadHistory history, LoadHistory.Load load, CopyOptions.ErrorLimit limit) {
        this.history = history;
        this.load = load;
        this.limit = limit;
    }

    long count() {
        return count;
    }

    /** "A maximum of 20 errors per node slice are logged": https://docs.aws.amazon.com/redshift/latest/dg/r_STL_LOADERROR_DETAIL.html */
    boolean wantsDetail() {
        return count < 20;
    }

    /** How many rows have had invalid characters replaced. */
    long replaced() {
        return replaced;
    }

    void add(LoadError error) throws IOException, CopyFailure.Thrown {
        count++;
        unwritten.add(error);
        if (unwritten.size() >= BATCH) {
            write();
        }
        if (limit.isReached(count)) {
            throw failure().thrown();
        }
    }

    /** STL_REPLACEMENTS keeps the first 100 rows of a slice: https://docs.aws.amazon.com/redshift/latest/dg/r_STL_REPLACEMENTS.html */
    void replaced(LoadHistory.Replacement replacement) {
        replaced++;
        if (replacements.size() < 100) {
            replacements.add(replacement);
        }
    }

    /** The message is that of https://docs.aws.amazon.com/redshift/latest/dg/t_Loading_tables_with_the_COPY_command.html samples. */
    CopyFailure failure() {
        return new CopyFailure(
                SqlError.error(
                        SqlError.INTERNAL,
                        "Load into table '" + load.table()
                                + "' failed.  Check 'stl_load_errors' system table for details."),
                Optional.empty());
    }

    void write() throws IOException {
        history.rejected(load, unwritten);
        unwritten.clear();
        history.replaced(load, replacements);
        replacements.clear();
    }
}
