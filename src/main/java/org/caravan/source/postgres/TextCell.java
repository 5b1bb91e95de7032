package org.caravan.source.postgres;

import org.caravan.schema.BytesVector;
import org.caravan.schema.TextCheck;
import org.caravan.schema.Vector;

/** Valid UTF-8 that its column has room for. */
final class TextCell implements Cell {
    private final int maxBytes;

    TextCell(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean decode(byte[] data, int from, int to, Vector vector, int row) {
        if (to - from > maxBytes || !TextCheck.isText(data, from, to)) {
            return false;
        }
        ((BytesVector) vector).append(row, data, from, to - from);
        return true;
    }
}
