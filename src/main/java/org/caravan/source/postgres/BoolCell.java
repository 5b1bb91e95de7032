package org.caravan.source.postgres;

import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** {@code t} and {@code f}. */
final class BoolCell implements Cell {
    @Override
    public boolean decode(byte[] data, int from, int to, Vector vector, int row) {
        if (to - from != 1 || (data[from] != 't' && data[from] != 'f')) {
            return false;
        }
        ((LongVector) vector).set(row, data[from] == 't' ? 1 : 0);
        return true;
    }
}
