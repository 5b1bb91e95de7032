package org.caravan.format;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a file of text is written, whatever its format; immutable.
 *
 * @param compression how the whole file is compressed
 * @param level the compression's level; 0 for its default
 * @param nul what to do with NUL characters
 * @param nonFinite what to do with NaN and the infinities
 * @param instants how points in time are written
 * @param maxRowBytes the most bytes of a row before compression
 */
public record TextOptions(
        Compression compression, int level, NulRule nul, NonFinite nonFinite, InstantForm instants, int maxRowBytes) {
    public TextOptions {
        requireNonNull(compression, "compression").level(level);
        requireNonNull(nul, "nul");
        requireNonNull(nonFinite, "nonFinite");
        requireNonNull(instants, "instants");
        Options.requireBetween("maxRowBytes", maxRowBytes, 1, Options.LARGEST_ROW_BYTES);
    }

    /** Why COPY cannot load files with these options, if so. */
    Optional<String> obstacle() {
        return Options.obstacle(nul, maxRowBytes);
    }

    /**
     * Collects the options that both formats of text have; each that is not set keeps its default.
     *
     * @param <B> the format's own builder
     */
    public abstract static sealed class Builder<B extends Builder<B>>
            permits CsvOptions.Builder, JsonLinesOptions.Builder {
        private Compression compression = Compression.NONE;
        private int level;
        private NulRule nul = NulRule.REFUSE;
        private NonFinite nonFinite = NonFinite.TEXT;
        private InstantForm instants = InstantForm.OFFSET;
        private int maxRowBytes = Options.DEFAULT_ROW_BYTES;

        Builder() {}

        public final B compression(Compression value) {
            compression = value;
            return self();
        }

        public final B level(int value) {
            level = value;
            return self();
        }

        public final B nul(NulRule value) {
            nul = value;
            return self();
        }

        public final B nonFinite(NonFinite value) {
            nonFinite = value;
            return self();
        }

        public final B instants(InstantForm value) {
            instants = value;
            return self();
        }

        public final B maxRowBytes(int value) {
            maxRowBytes = value;
            return self();
        }

        abstract B self();

        final TextOptions text() {
            return new TextOptions(compression, level, nul, nonFinite, instants, maxRowBytes);
        }
    }
}
