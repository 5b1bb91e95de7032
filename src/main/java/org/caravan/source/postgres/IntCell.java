package org.caravan.source.postgres;

import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** Whole numbers of up to 18 digits that fit their type. */
final class IntCell implements Cell {
    private static final int SAFE_DIGITS = 18;

    private final long least;
    private final long most;

    IntCell(int bytes) {
        this.most = Long.MAX_VALUE >> (Long.SIZE - bytes * Byte.SIZE);
        this.least = -most - 1;
    }

    @Override
    public boolean decode(byte[] data, int from, int to, Vector vector, int row) {
        int at = from;
        boolean negative = at < to && data[at] == '-';
        if (negative) {
            at++;
        }
        if (at == to || to - at > SAFE_DIGITS) {
            return false;
        }
        long value = 0;
        for (; at < to; at++) {
            int digit = data[at] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        if (negative) {
            value = -value;
        }
        if (value < least || value > most) {
            return false;
        }
        ((LongVector) vector).set(row, value);
        return true;
    }
}
