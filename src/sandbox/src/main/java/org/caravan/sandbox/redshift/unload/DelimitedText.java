package org.caravan.sandbox.redshift.unload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.wire.DataRow;

/** Delimited text. ADDQUOTES quotes every field, ESCAPE escapes in character columns: r_UNLOAD.html, ADDQUOTES and ESCAPE. */
final class DelimitedText implements RowText {
    private final UnloadFormat.Delimited format;
    private final FieldText fields;
    private final List<Integer> kept;
    private final byte[] nullAs;

    DelimitedText(UnloadFormat.Delimited format, FieldText fields, List<Integer> kept) {
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
            field(i, fields.column(kept.get(i)).name().getBytes(StandardCharsets.UTF_8), format.escape(), out);
        }
        out.write('\n');
        return Optional.of(out.toByteArray());
    }

    @Override
    public void write(DataRow row, ByteArrayOutputStream out) {
        for (int i = 0; i < kept.size(); i++) {
            int column = kept.get(i);
            if (row.isNull(column)) {
                field(i, fields.nullValue(column, nullAs), false, out);
            } else {
                boolean escape = format.escape() && fields.column(column).isCharacter();
                field(i, fields.bytes(row, column), escape, out);
            }
        }
        out.write('\n');
    }

    private void field(int position, byte[] value, boolean escape, ByteArrayOutputStream out) {
        if (position > 0) {
            out.write(format.delimiter());
        }
        if (format.addQuotes()) {
            out.write('"');
        }
        for (byte b : value) {
            if (escape && needsEscape(b)) {
                out.write('\\');
            }
            out.write(b);
        }
        if (format.addQuotes()) {
            out.write('"');
        }
    }

    private boolean needsEscape(byte b) {
        return b == '\n'
                || b == '\r'
                || b == '\\'
                || b == format.delimiter()
                || format.addQuotes() && (b == '"' || b == '\'');
    }
}
