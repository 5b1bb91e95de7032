package org.caravan.format;

import static java.util.Objects.requireNonNull;

/** Marshals rows to a file of text, compressed as a whole or not; see {@link RowsDataFormat}. */
public abstract sealed class TextDataFormat extends RowsDataFormat permits CsvDataFormat, JsonLinesDataFormat {
    private Compression compression = Compression.NONE;
    private int level;
    private NulRule nul = NulRule.REFUSE;
    private NonFinite nonFinite = NonFinite.TEXT;
    private InstantForm instants = InstantForm.OFFSET;
    private int maxRowBytes = Options.DEFAULT_ROW_BYTES;

    public final Compression getCompression() {
        return compression;
    }

    /** How the file is compressed: none (the default), gzip, zstd or bzip2. */
    public final void setCompression(Compression compression) {
        this.compression = requireNonNull(compression, "compression");
    }

    public final int getLevel() {
        return level;
    }

    /** The compression's level; 0, the default, takes 4 for gzip, 1 for zstd and 9 for bzip2. */
    public final void setLevel(int level) {
        this.level = level;
    }

    public final NulRule getNul() {
        return nul;
    }

    /** What to do with NUL characters: refuse (the default) or keep. */
    public final void setNul(NulRule nul) {
        this.nul = requireNonNull(nul, "nul");
    }

    public final NonFinite getNonFinite() {
        return nonFinite;
    }

    /** What to do with NaN and the infinities: text (the default) or refuse. */
    public final void setNonFinite(NonFinite nonFinite) {
        this.nonFinite = requireNonNull(nonFinite, "nonFinite");
    }

    public final InstantForm getInstants() {
        return instants;
    }

    /** How points in time are written: offset (the default) or utc. */
    public final void setInstants(InstantForm instants) {
        this.instants = requireNonNull(instants, "instants");
    }

    public final int getMaxRowBytes() {
        return maxRowBytes;
    }

    /** The most bytes of a row before compression; 4,000,000 by default, which COPY loads. */
    public final void setMaxRowBytes(int maxRowBytes) {
        this.maxRowBytes = maxRowBytes;
    }

    /** Gives a builder the options that are set here. */
    final <B extends TextOptions.Builder<B>> B withTextOptions(B builder) {
        return builder.compression(compression)
                .level(level)
                .nul(nul)
                .nonFinite(nonFinite)
                .instants(instants)
                .maxRowBytes(maxRowBytes);
    }
}
