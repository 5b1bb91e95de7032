package org.caravan.format;

/** What the options of several formats share. Stateless. */
final class Options {
    /**
     * The most bytes of a row that COPY loads: 4 MB, in decimal, since the guide does not say which it means.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-copy-from-json.html">COPY from JSON</a>
     */
    static final int DEFAULT_ROW_BYTES = 4_000_000;

    static final int LARGEST_ROW_BYTES = 1 << 30;

    static final String NUL_OBSTACLE = "Redshift text cannot hold NUL characters; set nul=refuse";

    static final String NON_FINITE_OBSTACLE = "COPY documents no text for NaN and the infinities; set nonFinite=refuse";

    private Options() {}

    static String rowObstacle(int maxRowBytes) {
        return "COPY loads rows of up to 4 MB; set maxRowBytes to at most " + DEFAULT_ROW_BYTES + ", not "
                + maxRowBytes;
    }

    static void requireBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be between " + least + " and " + most + ", not " + value);
        }
    }
}
