package org.caravan.source;

import java.util.List;
import java.util.Optional;

/**
 * How a query would be read; immutable.
 *
 * @param path {@code copy} or {@code resultset}
 * @param reason why it is the result set
 * @param fetching what the driver does for a result set
 * @param advice what to change at the data source
 * @param partitions how many connections the route asks for
 * @param splitBy in what the slices differ, or why there is only one; empty if the route asks for one
 * @param state how the slices are read from one state, or that they are not
 * @param statements of the slices, if there are several, after those that find them
 */
public record ReadPlan(
        String path,
        Optional<String> reason,
        Optional<String> fetching,
        Optional<String> advice,
        int partitions,
        Optional<String> splitBy,
        Optional<String> state,
        List<String> statements) {
    public ReadPlan {
        statements = List.copyOf(statements);
    }
}
