package org.caravan.format;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.util.Optional;
import org.apache.camel.spi.annotations.Dataformat;
import org.caravan.format.AvroOptions.LogicalTypes;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;

/** Marshals rows to an Avro object container file; see {@link RowsDataFormat}. */
@Dataformat("avro")
public final class AvroDataFormat extends RowsDataFormat {
    private AvroCodec codec = AvroCodec.SNAPPY;
    private int blockBytes = AvroOptions.DEFAULT_BLOCK_BYTES;
    private int maxRowBytes = Options.DEFAULT_ROW_BYTES;
    private boolean logicalTypes;
    private AvroNames names = AvroNames.ENCODE;
    private NulRule nul = NulRule.REFUSE;
    private InstantForm instants = InstantForm.OFFSET;

    @Override
    public String getDataFormatName() {
        return "avro";
    }

    public AvroCodec getCodec() {
        return codec;
    }

    /** How blocks are compressed: snappy (the default), deflate or none. */
    public void setCodec(AvroCodec codec) {
        this.codec = requireNonNull(codec, "codec");
    }

    public int getBlockBytes() {
        return blockBytes;
    }

    /** The size of a block before compression, in bytes; {@link AvroOptions#DEFAULT_BLOCK_BYTES} by default. */
    public void setBlockBytes(int blockBytes) {
        this.blockBytes = blockBytes;
    }

    public int getMaxRowBytes() {
        return maxRowBytes;
    }

    /** The most bytes of a row, and of a block after compression; 4,000,000 by default, which COPY loads. */
    public void setMaxRowBytes(int maxRowBytes) {
        this.maxRowBytes = maxRowBytes;
    }

    public boolean isLogicalTypes() {
        return logicalTypes;
    }

    /** Whether numbers, dates, time stamps and binary have Avro's own and logical types, which COPY does not load; false by default. */
    public void setLogicalTypes(boolean logicalTypes) {
        this.logicalTypes = logicalTypes;
    }

    public AvroNames getNames() {
        return names;
    }

    /** What to do with a column whose name is no Avro name: encode (the default) or refuse. */
    public void setNames(AvroNames names) {
        this.names = requireNonNull(names, "names");
    }

    public NulRule getNul() {
        return nul;
    }

    /** What to do with NUL characters: refuse (the default) or keep. */
    public void setNul(NulRule nul) {
        this.nul = requireNonNull(nul, "nul");
    }

    public InstantForm getInstants() {
        return instants;
    }

    /** How points in time are written as text: offset (the default) or utc. */
    public void setInstants(InstantForm instants) {
        this.instants = requireNonNull(instants, "instants");
    }

    @Override
    public FileFormat fileFormat(Columns columns) {
        AvroOptions options = options();
        boolean exact = options.names().fields(columns).equals(AvroNames.originals(columns));
        return new FileFormat(
                "avro",
                ".avro",
                FormatConstants.AVRO_CONTENT_TYPE,
                "FORMAT AS AVRO '" + (exact ? "auto" : FileFormat.JSON_PATHS) + "'",
                exact ? Optional.empty() : Optional.of(AvroSchema.jsonPaths(columns, options)),
                obstacle(),
                columns.stored(Staging::ofText));
    }

    @Override
    public String fileType(Column column) {
        return FileTypes.ofAvro(column, options());
    }

    @Override
    public Encoder encoder(Columns columns, OutputStream out) {
        return new AvroEncoder(columns, options(), out);
    }

    @Override
    void checkOptions() {
        options();
    }

    private Optional<String> obstacle() {
        if (logicalTypes) {
            return Optional.of("COPY documents no logical types for Avro, no bytes and no NaN; set logicalTypes=false");
        }
        return Options.obstacle(nul, maxRowBytes);
    }

    private AvroOptions options() {
        return AvroOptions.builder()
                .codec(codec)
                .blockBytes(blockBytes)
                .maxRowBytes(maxRowBytes)
                .logicalTypes(logicalTypes ? LogicalTypes.NATIVE : LogicalTypes.TEXT)
                .names(names)
                .nul(nul)
                .instants(instants)
                .build();
    }
}
