package org.caravan.format;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import org.apache.camel.spi.annotations.Dataformat;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;

/** Marshals rows to a Parquet file; see {@link RowsDataFormat}. */
@Dataformat("parquet")
public final class ParquetDataFormat extends RowsDataFormat {
    private ParquetCodec codec = ParquetCodec.SNAPPY;
    private long rowGroupBytes = ParquetOptions.DEFAULT_ROW_GROUP_BYTES;
    private int pageBytes = ParquetOptions.DEFAULT_PAGE_BYTES;

    @Override
    public String getDataFormatName() {
        return "parquet";
    }

    public ParquetCodec getCodec() {
        return codec;
    }

    /** How pages are compressed: snappy (the default), zstd, gzip or uncompressed. */
    public void setCodec(ParquetCodec codec) {
        this.codec = requireNonNull(codec, "codec");
    }

    public long getRowGroupBytes() {
        return rowGroupBytes;
    }

    /** The memory that an open row group may take, in bytes; {@link ParquetOptions#DEFAULT_ROW_GROUP_BYTES} by default. */
    public void setRowGroupBytes(long rowGroupBytes) {
        this.rowGroupBytes = rowGroupBytes;
    }

    public int getPageBytes() {
        return pageBytes;
    }

    /** The size of a page before compression, in bytes; {@link ParquetOptions#DEFAULT_PAGE_BYTES} by default. */
    public void setPageBytes(int pageBytes) {
        this.pageBytes = pageBytes;
    }

    @Override
    public FileFormat fileFormat(Columns columns) {
        return FileFormat.loadable(
                "parquet",
                ".parquet",
                FormatConstants.PARQUET_CONTENT_TYPE,
                "FORMAT AS PARQUET",
                columns.stored(Staging::ofParquet));
    }

    @Override
    public String fileType(Column column) {
        return FileTypes.ofParquet(column);
    }

    @Override
    public Encoder encoder(Columns columns, OutputStream out) {
        return new ParquetEncoder(columns, options(), out);
    }

    @Override
    void checkOptions() {
        options();
    }

    private ParquetOptions options() {
        return ParquetOptions.builder()
                .codec(codec)
                .rowGroupBytes(rowGroupBytes)
                .pageBytes(pageBytes)
                .build();
    }
}
