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
public final class JsonLinesDataFormat extends TextDataFormat {
    private JsonLinesOptions.Decimals decimals = JsonLinesOptions.Decimals.NUMBER;

    @Override
    public String getDataFormatName() {
        return "jsonl";
    }

    public JsonLinesOptions.Decimals getDecimals() {
        return decimals;
    }

    /** How decimals are written: number (the default) or text. */
    public void setDecimals(JsonLinesOptions.Decimals decimals) {
        this.decimals = requireNonNull(decimals, "decimals");
    }

    @Override
    public FileFormat fileFormat(Columns columns) {
        return new FileFormat(
                "jsonl",
                ".jsonl" + getCompression().suffix(),
                FormatConstants.JSON_LINES_CONTENT_TYPE,
                "FORMAT AS JSON 'auto'" + getCompression().copyOption(),
                Optional.empty(),
                options().text().obstacle(),
                columns.stored(Staging::ofText));
    }

    @Override
    public String fileType(Column column) {
        return FileTypes.ofJson(column, getDecimals(), getInstants());
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
        return withTextOptions(JsonLinesOptions.builder()).decimals(decimals).build();
    }
}
