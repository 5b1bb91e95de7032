package org.caravan.sandbox.redshift.unload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.wire.DataRow;

/** Columns of fixed widths, filled up with blanks; nothing is cut: r_UNLOAD.html, FIXEDWIDTH. */
final class FixedWidthText implements RowText {
    private final UnloadFormat.FixedWidth format;
    private final FieldText fields;
    private final List<Integer> kept;

    FixedWidthText(UnloadFormat.FixedWidth format, FieldText fields, List<Integer> kept) {
        this.format = format;
        this.fields = fields;
        this.kept = kept;
    }

    @Override
    public Optional<byte[]> header() {
        return Optional.empty();
    }

    @Override
    public void write(DataRow row, ByteArrayOutputStream out) throws UnloadFailure {
        for (int i = 0; i < kept.size(); i++) {
            int column = kept.get(i);
            int width = format.fields().get(i).width();
            byte[] value = row.isNull(column) ? nullValue(column, width) : fields.bytes(row, column);
            int length = characters(value);
            if (length > width) {
                throw UnloadFailure.refused("The value of column '"
                        + fields.column(column).name() + "' is " + length + " characters long, its field is " + width
                        + " wide");
            }
            out.writeBytes(value);
            for (int blank = length; blank < width; blank++) {
                out.write(' ');
            }
        }
        out.write('\n');
    }

    /** A null string that is too wide: an empty field, or an error for character columns (r_UNLOAD.html, NULL AS). */
    private byte[] nullValue(int column, int width) {
        byte[] value = format.nullAs().orElse("").getBytes(StandardCharsets.UTF_8);
        return characters(value) > width && !fields.column(column).isCharacter() ? new byte[0] : value;
    }

    /** Of UTF-8; COPY counts characters, too. */
    private static int characters(byte[] value) {
        int count = 0;
        for (byte b : value) {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }
}
