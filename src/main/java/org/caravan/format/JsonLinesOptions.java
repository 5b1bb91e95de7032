package org.caravan.format;

import static java.util.Objects.requireNonNull;

/**
 * How a file of JSON lines is written; immutable.
 *
 * @param compression how the whole file is compressed
 * @param level the compression's level; 0 for its default
 * @param decimals how decimals are written
 * @param nul what to do with NUL characters
 * @param nonFinite what to do with NaN and the infinities
 * @param instants how points in time are written
 * @param maxRowBytes the most bytes of an object before compression
 */
public record JsonLinesOptions(
        Compression compression,
        int level,
        Decimals decimals,
        NulRule nul,
        NonFinite nonFinite,
        InstantForm instants,
        int maxRowBytes) {
    /** How decimals are written. */
    public enum Decimals {
        /** As numbers with all their digits, without exponent; some readers take them as doubles. */
        NUMBER,
        /** As strings of the same digits. */
        TEXT
    }

    public JsonLinesOptions {
        requireNonNull(compression, "compression").level(level);
        requireNonNull(decimals, "decimals");
        requireNonNull(nul, "nul");
        requireNonNull(nonFinite, "nonFinite");
        requireNonNull(instants, "instants");
        Options.requireBetween("maxRowBytes", maxRowBytes, 1, Options.LARGEST_ROW_BYTES);
    }

    /** The options for files that COPY loads. */
    public static JsonLinesOptions defaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; each that is not set keeps its default. */
    public static final class Builder {
        private Compression compression = Compression.NONE;
        private int level;
        private Decimals decimals = Decimals.NUMBER;
        private NulRule nul = NulRule.REFUSE;
        private NonFinite nonFinite = NonFinite.REFUSE;
        private InstantForm instants = InstantForm.OFFSET;
        private int maxRowBytes = Options.DEFAULT_ROW_BYTES;

        private Builder() {}

        public Builder compression(Compression value) {
            compression = value;
            return this;
        }

        public Builder level(int value) {
            level = value;
            return this;
        }

        public Builder decimals(Decimals value) {
            decimals = value;
            return this;
        }

        public Builder nul(NulRule value) {
            nul = value;
            return this;
        }

        public Builder nonFinite(NonFinite value) {
            nonFinite = value;
            return this;
        }

        public Builder instants(InstantForm value) {
            instants = value;
            return this;
        }

        public Builder maxRowBytes(int value) {
            maxRowBytes = value;
            return this;
        }

        public JsonLinesOptions build() {
            return new JsonLinesOptions(compression, level, decimals, nul, nonFinite, instants, maxRowBytes);
        }
    }
}
