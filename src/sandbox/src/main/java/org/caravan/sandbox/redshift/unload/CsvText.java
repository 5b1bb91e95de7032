package org.caravan.sandbox.redshift.unload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.wire.DataRow;

/** CSV: a field is quoted if it holds the delimiter, a quotation mark or an end of line; the guide names no other reason. */
final class CsvText implements RowText {
    private final UnloadFormat.Csv format;
    private final FieldText fields;
    private final List<Integer> kept;
    private final byte[] nullAs;

    CsvText(UnloadFormat.Csv format, FieldText fields, List<Integer> kept) {
        this.format = format;
        this.fields = fields;
        this.kept = kept;
        this.nullAs = format.nullAs().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<byte[]> header() {
        if (!format.header()) {
            return Optional.empty();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < kept.size(); i++) {
            separate(i, out);
            quoted(fields.column(kept.get(i)).name().getBytes(StandardCharsets.UTF_8), out);
        }
        out.write('\n');
        return Optional.of(out.toByteArray());
    }

    @Override
    public void write(DataRow row, ByteArrayOutputStream out) {
        for (int i = 0; i < kept.size(); i++) {
            separate(i, out);
            int column = kept.get(i);
            if (row.isNull(column)) {
                out.writeBytes(fields.nullValue(column, nullAs));
            } else {
                quoted(fields.bytes(row, column), out);
            }
        }
        out.write('\n');
    }

    private void separate(int position, ByteArrayOutputStream out) {
        if (position > 0) {
            out.write(format.delimiter());
        }
    }

    private void quoted(byte[] value, ByteArrayOutputStream out) {
        if (!needsQuotes(value)) {
            out.writeBytes(value);
            return;
        }
        out.write('"');
        for (byte b : value) {
            if (b == '"') {
                out.write('"');
            }
            out.write(b);
        }
        out.write('"');
    }

    private boolean needsQuotes(byte[] value) {
        for (byte b : value) {
            if (b == format.delimiter() || b == '"' || b == '\n' || b == '\r') {
                return true;
            }
        }
        return false;
    }
}
