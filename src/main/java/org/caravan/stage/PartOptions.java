package org.caravan.stage;

/**
 * The bounds of a part, and of parts on their way.
 *
 * @param slices of the cluster, each of which loads a file at a time; 0 if they are not known
 * @param uploads the most parts that are being uploaded at a time, beside the one that is being encoded
 */
record PartOptions(long maxRows, long maxBytes, int slices, int uploads) {
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
        if (uploads < 1) {
            throw new IllegalArgumentException("uploads at a time must be > 0, not " + uploads);
        }
    }

    /** The most bytes of local files at a time, but for what a part's last batch goes beyond its bound. */
    long maxBytesOnDisk() {
        long files = uploads + 1L;
        return maxBytes > Long.MAX_VALUE / files ? Long.MAX_VALUE : maxBytes * files;
    }
}
