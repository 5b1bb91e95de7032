package org.caravan.format;

import org.apache.parquet.format.CompressionCodec;

/** How the pages of a Parquet file are compressed. */
public enum ParquetCodec {
    /** Fast, and what Redshift's own UNLOAD writes. */
    SNAPPY(CompressionCodec.SNAPPY),
    /** Smaller for a little more processor time; level {@value PageCompressor#ZSTD_LEVEL}. */
    ZSTD(CompressionCodec.ZSTD),
    /** Small, slow, and read by everything. */
    GZIP(CompressionCodec.GZIP),
    UNCOMPRESSED(CompressionCodec.UNCOMPRESSED);

    private final CompressionCodec thrift;

    ParquetCodec(CompressionCodec thrift) {
        this.thrift = thrift;
    }

    CompressionCodec thrift() {
        return thrift;
    }
}
