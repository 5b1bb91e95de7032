package org.caravan.format;

import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Vector;

/** Text, as the UTF-8 bytes that it is. */
final class TextWriter extends ColumnWriter {
    private final BytesValues values;
    private final int maxBytes;

    TextWriter(Column column, ColumnType.Text type, BytesValues values, ParquetOptions options, PageWriter pageWriter) {
        super(column, values, options, pageWriter);
        this.values = values;
        this.maxBytes = type.maxBytes();
    }

    @Override
    int rowsThatFit(Vector vector, int from, int to, int bytes) {
        BytesVector text = (BytesVector) vector;
        int start = text.start(from);
        int end = to;
        while (end > from + 1 && text.bytes(end) - start + (end - from) * Integer.BYTES > bytes) {
            end = from + (end - from) / 2;
        }
        return end;
    }

    @Override
    void append(Vector vector, int from, int to) {
        BytesVector text = (BytesVector) vector;
        boolean nulls = text.hasNulls();
        byte[] data = text.data();
        int start = text.start(from);
        for (int row = from; row < to; row++) {
            int length = text.length(row);
            int offset = start;
            start += length;
            if (nulls && text.isNull(row)) {
                continue;
            }
            if (length > maxBytes) {
                throw refusal(row, from, "text of " + length + " bytes", "up to " + maxBytes + " bytes");
            }
            values.add(data, offset, length);
        }
    }
}
