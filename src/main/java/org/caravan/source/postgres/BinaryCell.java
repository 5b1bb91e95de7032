package org.caravan.source.postgres;

import org.caravan.schema.BytesVector;
import org.caravan.schema.Vector;

/** Binary in hexadecimal digits after {@code \x}, PostgreSQL's default output. */
final class BinaryCell implements Cell {
    private static final byte[] VALUES = new byte[128];

    private final int maxBytes;
    private byte[] buffer = new byte[256];

    static {
        for (int i = 0; i < VALUES.length; i++) {
            VALUES[i] = (byte) Character.digit(i, 16);
        }
    }

    BinaryCell(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean decode(byte[] data, int from, int to, Vector vector, int row) {
        int length = (to - from - 2) / 2;
        if (to - from < 2 || (to - from) % 2 != 0 || data[from] != '\\' || data[from + 1] != 'x' || length > maxBytes) {
            return false;
        }
        if (buffer.length < length) {
            buffer = new byte[length];
        }
        for (int i = 0, at = from + 2; i < length; i++, at += 2) {
            int value = digit(data[at]) << 4 | digit(data[at + 1]);
            if (value < 0) {
                return false;
            }
            buffer[i] = (byte) value;
        }
        ((BytesVector) vector).append(row, buffer, 0, length);
        return true;
    }

    /** A digit's value; negative if it is none. */
    private static int digit(byte digit) {
        return digit < 0 ? -1 : VALUES[digit];
    }
}
