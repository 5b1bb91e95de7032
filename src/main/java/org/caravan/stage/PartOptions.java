package org.caravan.stage;

/** The bounds of a part, and the ending of its name. */
record PartOptions(long maxRows, long maxBytes) {
    PartOptions {
        if (maxRows < 1) {
            throw new IllegalArgumentException("maxRows of a part must be > 0, not " + maxRows);
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes of a part must be > 0, not " + maxBytes);
        }
    }
}
