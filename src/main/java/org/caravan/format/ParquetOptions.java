package org.caravan.format;

import static java.util.Objects.requireNonNull;

/**
 * How a Parquet file is laid out; immutable.
 *
 * @param codec how pages are compressed
 * @param rowGroupBytes the memory that an open row group may take, in bytes
 * @param rowGroupRows the most rows of a row group
 * @param pageBytes the size of a page before compression, in bytes; a page exceeds it by at most one value
 * @param pageRows the most rows of a page
 * @param dictionaryBytes the size at which a column's dictionary ends, in bytes, or a quarter of the column's share of the row
 *     group if that is less; 0 for no dictionaries
 */
public record ParquetOptions(
        ParquetCodec codec, long rowGroupBytes, int rowGroupRows, int pageBytes, int pageRows, int dictionaryBytes) {
    /**
     * Bounds what an encoder holds in memory: compressed pages and the values of open pages. 32 MiB let a few encoders run in a
     * heap of 256 MB, and are more than one request of any reader fetches at once.
     */
    public static final long DEFAULT_ROW_GROUP_BYTES = 32L << 20;

    /** Bounds a row group of very narrow or very repetitive rows, which would take for ever to fill by bytes. */
    public static final int DEFAULT_ROW_GROUP_ROWS = 1_000_000;

    /** Bounds what a reader must decompress at once; the size that Apache Parquet's own writer uses. */
    public static final int DEFAULT_PAGE_BYTES = 1 << 20;

    /** Bounds a page of narrow values; the number that Apache Parquet's own writer uses. */
    public static final int DEFAULT_PAGE_ROWS = 20_000;

    /** Bounds a column's dictionary: one whose look-up table no longer fits the processor's cache costs more than it saves. */
    public static final int DEFAULT_DICTIONARY_BYTES = 512 << 10;

    private static final int MAX_PAGE_BYTES = 256 << 20;

    public ParquetOptions {
        requireNonNull(codec, "codec");
        Options.requireBetween("rowGroupBytes", rowGroupBytes, 1, Long.MAX_VALUE);
        Options.requireBetween("rowGroupRows", rowGroupRows, 1, Integer.MAX_VALUE);
        Options.requireBetween("pageBytes", pageBytes, 1, MAX_PAGE_BYTES);
        Options.requireBetween("pageRows", pageRows, 1, MAX_PAGE_BYTES);
        Options.requireBetween("dictionaryBytes", dictionaryBytes, 0, MAX_PAGE_BYTES);
    }

    /** The options that fit nearly everything. */
    public static ParquetOptions defaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; each that is not set keeps its default. */
    public static final class Builder {
        private ParquetCodec codec = ParquetCodec.SNAPPY;
        private long rowGroupBytes = DEFAULT_ROW_GROUP_BYTES;
        private int rowGroupRows = DEFAULT_ROW_GROUP_ROWS;
        private int pageBytes = DEFAULT_PAGE_BYTES;
        private int pageRows = DEFAULT_PAGE_ROWS;
        private int dictionaryBytes = DEFAULT_DICTIONARY_BYTES;

        private Builder() {}

        public Builder codec(ParquetCodec value) {
            codec = value;
            return this;
        }

        public Builder rowGroupBytes(long value) {
            rowGroupBytes = value;
            return this;
        }

        public Builder rowGroupRows(int value) {
            rowGroupRows = value;
            return this;
        }

        public Builder pageBytes(int value) {
            pageBytes = value;
            return this;
        }

        public Builder pageRows(int value) {
            pageRows = value;
            return this;
        }

        public Builder dictionaryBytes(int value) {
            dictionaryBytes = value;
            return this;
        }

        public ParquetOptions build() {
            return new ParquetOptions(codec, rowGroupBytes, rowGroupRows, pageBytes, pageRows, dictionaryBytes);
        }
    }
}
