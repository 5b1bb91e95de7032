package org.caravan.format;

import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.TextCheck;
import org.caravan.schema.Vector;

/** Text as the UTF-8 bytes that it is, which must be well-formed, and binary. */
final class BytesWriter extends ColumnWriter {
    private final BytesValues values;
    private final int maxBytes;
    private final boolean text;

    BytesWriter(Column column, BytesValues values, ParquetOptions options, PageWriter pageWriter) {
        super(column, values, options, pageWriter);
        this.values = values;
        this.text = TextField.holds(column.type());
        this.maxBytes = column.type() instanceof ColumnType.Binary binary
                ? binary.maxBytes()
                : TextField.maxBytes(column.type());
    }

    @Override
    int rowsThatFit(Vector vector, int from, int to, int room) {
        BytesVector bytes = (BytesVector) vector;
        int start = bytes.start(from);
        int end = to;
        while (end > from + 1 && bytes.bytes(end) - start + (end - from) * Integer.BYTES > room) {
            end = from + (end - from) / 2;
        }
        return end;
    }

    @Override
    void append(Vector vector, int from, int to) {
        BytesVector bytes = (BytesVector) vector;
        boolean nulls = bytes.hasNulls();
        byte[] data = bytes.data();
        int start = bytes.start(from);
        boolean suspect = text && to > from && !TextCheck.isPlain(data, start, bytes.bytes(to));
        for (int row = from; row < to; row++) {
            int length = bytes.length(row);
            int offset = start;
            start += length;
            if (nulls && bytes.isNull(row)) {
                continue;
            }
            if (length > maxBytes) {
                throw refusal(
                        row,
                        from,
                        (text ? "text of " : "binary of ") + length + " bytes",
                        "up to " + maxBytes + " bytes");
            }
            if (suspect) {
                checkText(data, offset, length, row, from);
            }
            values.add(data, offset, length);
        }
    }

    private void checkText(byte[] data, int offset, int length, int row, int from) {
        int invalid = TextCheck.firstInvalid(data, offset, offset + length);
        if (invalid >= 0) {
            throw refusal(
                    row,
                    from,
                    TextField.invalidByte(data[invalid], invalid - offset),
                    TextField.WELL_FORMED,
                    FormatException.CORRECT);
        }
    }
}
