package org.caravan.format;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;

/**
 * Writes JSON lines straight from column batches: an object a row, every column a member of it, NULL too, since COPY would put
 * the column's default for a member that is missing. An empty result is an empty file, which does not show the columns.
 *
 * @see <a href="https://jsonlines.org">JSON Lines</a>
 */
public final class JsonLinesEncoder extends RowEncoder {
    private final JsonLinesOptions options;
    private final TextOutput text;
    private final JsonField[] fields;

    /** Begins a file; nothing is written yet. */
    public JsonLinesEncoder(Columns columns, JsonLinesOptions options, OutputStream out) {
        super(columns, out);
        this.options = requireNonNull(options, "options");
        this.text = new TextOutput(options.text(), this.out);
        this.fields = new JsonField[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            JsonField.Place place = i == 0 ? JsonField.Place.FIRST : JsonField.Place.LATER;
            fields[i] = JsonField.of(columns.get(i), place, options);
        }
    }

    @Override
    void writeRow(Batch batch, int row) throws IOException {
        Buffer line = text.buffer();
        int start = line.size();
        for (int column = 0; column < fields.length; column++) {
            fields[column].put(batch.vector(column), row, line);
        }
        line.write('}');
        requireFits(line.size() - start, options.text().maxRowBytes());
        line.write('\n');
        text.endRow();
    }

    @Override
    public long encodedBytes() {
        return text.encodedBytes();
    }

    @Override
    void finishFile() throws IOException {
        text.finish();
    }

    @Override
    void free() {
        text.close();
    }
}
