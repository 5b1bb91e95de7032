package org.caravan.source.split;

import java.util.List;
import java.util.Optional;

/**
 * A query's result in slices; immutable.
 *
 * @param statements one for each connection, which between them give every row of the query exactly once
 * @param how in what they differ, for people; why there is one only, if so
 * @param bounds the statement that finds where slices begin, if there is one
 */
public record Split(List<String> statements, String how, Optional<String> bounds) {
    public Split {
        statements = List.copyOf(statements);
    }

    /** The query as it is. */
    public static Split whole(String sql, String why) {
        return new Split(List.of(sql), why, Optional.empty());
    }

    public boolean isWhole() {
        return statements.size() == 1;
    }
}
