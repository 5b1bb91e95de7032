package org.caravan.source.split;

import static java.util.Objects.requireNonNull;

/**
 * What a route says of reading one query over several connections; immutable.
 *
 * @param partitions the most slices; 1 is the whole query
 */
public record Partitioning(int partitions, PartitionBy by, Consistency consistency) {
    public Partitioning {
        requireNonNull(by, "by");
        requireNonNull(consistency, "consistency");
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be > 0, not " + partitions);
        }
    }

    /** Whether more than one connection is wanted. */
    public boolean isSplit() {
        return partitions > 1;
    }
}
