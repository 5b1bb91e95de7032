package org.caravan.format;

import java.util.Optional;

/** What the options of several formats share. Stateless. */
final class Options {
    /**
     * The most bytes of a row that COPY loads: 4 MB, in decimal, since the guide does not say which it means.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-copy-from-json.html">COPY from JSON</a>
     */
    static final int DEFAULT_ROW_BYTES = 4_000_000;

    static final int LARGEST_ROW_BYTES = 1 << 30;

    private Options() {}

    /** Why COPY cannot load files with these options, if so. */
    static Optional<String> obstacle(NulRule nul, int maxRowBytes) {
        if (nul == NulRule.KEEP) {
            return Optional.of("Redshift text cannot hold NUL characters; set nul=refuse");
        }
        return maxRowBytes > DEFAULT_ROW_BYTES
                ? Optional.of("COPY loads rows of up to 4 MB; set maxRowBytes to at most " + DEFAULT_ROW_BYTES
                        + ", not " + maxRowBytes)
                : Optional.empty();
    }

    static void requireBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be between " + least + " and " + most + ", not " + value);
        }
    }
}
