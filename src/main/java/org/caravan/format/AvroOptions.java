package org.caravan.format;

import static java.util.Objects.requireNonNull;

/**
 * How an Avro file is laid out; immutable.
 *
 * @param codec how blocks are compressed
 * @param blockBytes the size of a block before compression, in bytes; exceeded only by a block of a single row
 * @param maxRowBytes the most bytes of a row, and of a block after compression
 * @param logicalTypes how numbers with a fraction, dates, time stamps and binary are written
 * @param names what to do with names that Avro does not allow
 * @param nul what to do with NUL characters
 * @param instants how points in time are written as text
 */
public record AvroOptions(
        AvroCodec codec,
        int blockBytes,
        int maxRowBytes,
        LogicalTypes logicalTypes,
        AvroNames names,
        NulRule nul,
        InstantForm instants) {
    /** Bounds what an encoder holds in memory and a reader must decompress at once, far below COPY's 4 MB. */
    public static final int DEFAULT_BLOCK_BYTES = 256 << 10;

    /** The largest block: COPY reads data blocks of up to 4 MB; in decimal, since the guide does not say which it means. */
    public static final int MAX_BLOCK_BYTES = 3_000_000;

    /** How numbers with a fraction, dates, time stamps and binary are written. */
    public enum LogicalTypes {
        /** As text, in the form that COPY reads; COPY documents no logical types. */
        TEXT,
        /** In Avro's own types and its logical ones, for files that are not loaded into Redshift. */
        NATIVE
    }

    public AvroOptions {
        requireNonNull(codec, "codec");
        Options.requireBetween("blockBytes", blockBytes, 1, MAX_BLOCK_BYTES);
        Options.requireBetween("maxRowBytes", maxRowBytes, 1, Options.LARGEST_ROW_BYTES);
        requireNonNull(logicalTypes, "logicalTypes");
        requireNonNull(names, "names");
        requireNonNull(nul, "nul");
        requireNonNull(instants, "instants");
    }

    /** The options for files that COPY loads. */
    public static AvroOptions defaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; each that is not set keeps its default. */
    public static final class Builder {
        private AvroCodec codec = AvroCodec.SNAPPY;
        private int blockBytes = DEFAULT_BLOCK_BYTES;
        private int maxRowBytes = Options.DEFAULT_ROW_BYTES;
        private LogicalTypes logicalTypes = LogicalTypes.TEXT;
        private AvroNames names = AvroNames.ENCODE;
        private NulRule nul = NulRule.REFUSE;
        private InstantForm instants = InstantForm.OFFSET;

        private Builder() {}

        public Builder codec(AvroCodec value) {
            codec = value;
            return this;
        }

        public Builder blockBytes(int value) {
            blockBytes = value;
            return this;
        }

        public Builder maxRowBytes(int value) {
            maxRowBytes = value;
            return this;
        }

        public Builder logicalTypes(LogicalTypes value) {
            logicalTypes = value;
            return this;
        }

        public Builder names(AvroNames value) {
            names = value;
            return this;
        }

        public Builder nul(NulRule value) {
            nul = value;
            return this;
        }

        public Builder instants(InstantForm value) {
            instants = value;
            return this;
        }

        public AvroOptions build() {
            return new AvroOptions(codec, blockBytes, maxRowBytes, logicalTypes, names, nul, instants);
        }
    }
}
