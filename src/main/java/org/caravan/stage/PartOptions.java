package org.caravan.stage;

/**
 * The bounds of a part.
 *
 * @param slices of the cluster, each of which loads a file at a time; 0 if they are not known
 */
record PartOptions(long maxRows, long maxBytes, int slices) {
    PartOptions {
        if (maxRows < 1) {
            throw new IllegalArgumentException("maxRows of a part must be > 0, not " + maxRows);
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes of a part must be > 0, not " + maxBytes);
        }
        if (slices < 0) {
            throw new IllegalArgumentException("slices of the cluster must be >= 0, not " + slices);
        }
    }
}
