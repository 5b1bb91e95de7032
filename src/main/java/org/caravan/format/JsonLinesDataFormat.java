package org.caravan.format;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.util.Optional;
import org.apache.camel.spi.annotations.Dataformat;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;

/**
 * Marshals rows to a file of JSON lines; see {@link RowsDataFormat}. Not named {@code json}, since Camel's own YAML and XML
 * have an element of that name, which writes one JSON value and not lines.
 */
@Dataformat("jsonl")
public final class JsonLinesDataFormat extends RowsDataFormat {
    private Compression compression = Compression.NONE;
    private int level;
    private JsonLinesOptions.Decimals decimals = JsonLinesOptions.Decimals.NUMBER;
    private NulRule nul = NulRule.REFUSE;
    private NonFinite nonFinite = NonFinite.REFUSE;
    private InstantForm instants = InstantForm.OFFSET;
    private int maxRowBytes = Options.DEFAULT_ROW_BYTES;

    @Override
    public String getDataFormatName() {
        return "jsonl";
    }

    public Compression getCompression() {
        return compression;
    }

    /** How the file is compressed: none (the default), gzip, zstd or bzip2. */
    public void setCompression(Compression compression) {
        this.compression = requireNonNull(compression, "compression");
    }

    public int getLevel() {
        return level;
    }

    /** The compression's level; 0, the default, takes 4 for gzip, 1 for zstd and 9 for bzip2. */
    public void setLevel(int level) {
        this.level = level;
    }

    public JsonLinesOptions.Decimals getDecimals() {
        return decimals;
    }

    /** How decimals are written: number (the default) or text. */
    public void setDecimals(JsonLinesOptions.Decimals decimals) {
        this.decimals = requireNonNull(decimals, "decimals");
    }

    public NulRule getNul() {
        return nul;
    }

    /** What to do with NUL characters: refuse (the default) or keep. */
    public void setNul(NulRule nul) {
        this.nul = requireNonNull(nul, "nul");
    }

    public NonFinite getNonFinite() {
        return nonFinite;
    }

    /** What to do with NaN and the infinities: refuse (the default) or text. */
    public void setNonFinite(NonFinite nonFinite) {
        this.nonFinite = requireNonNull(nonFinite, "nonFinite");
    }

    public InstantForm getInstants() {
        return instants;
    }

    /** How points in time are written: offset (the default) or utc. */
    public void setInstants(InstantForm instants) {
        this.instants = requireNonNull(instants, "instants");
    }

    public int getMaxRowBytes() {
        return maxRowBytes;
    }

    /** The most bytes of a row before compression; 4,000,000 by default, which COPY loads. */
    public void setMaxRowBytes(int maxRowBytes) {
        this.maxRowBytes = maxRowBytes;
    }

    @Override
    public FileFormat fileFormat(Columns columns) {
        return new FileFormat(
                "jsonl",
                ".jsonl" + compression.suffix(),
                FormatConstants.JSON_LINES_CONTENT_TYPE,
                "FORMAT AS JSON 'auto'" + compression.copyOption(),
                Optional.empty(),
                JsonLinesEncoder.obstacle(options()),
                columns.stored(Staging::ofText));
    }

    @Override
    public String fileType(Column column) {
        return FileTypes.ofJson(column, options());
    }

    @Override
    public Encoder encoder(Columns columns, OutputStream out) {
        return new JsonLinesEncoder(columns, options(), out);
    }

    @Override
    void checkOptions() {
        options();
    }

    private JsonLinesOptions options() {
        return JsonLinesOptions.builder()
                .compression(compression)
                .level(level)
                .decimals(decimals)
                .nul(nul)
                .nonFinite(nonFinite)
                .instants(instants)
                .maxRowBytes(maxRowBytes)
                .build();
    }
}
