package org.caravan.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes are text: valid UTF-8, with or without NUL. Stateless. */
final class TextCheck {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;

    private TextCheck() {}

    /** Whether there is neither NUL nor anything beyond ASCII, eight bytes at a time. */
    static boolean isPlain(byte[] data, int from, int to) {
        int position = from;
        for (; position <= to - Long.BYTES; position += Long.BYTES) {
            long word = (long) LONG.get(data, position);
            if (((word | (word - LOW_BITS)) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; position < to; position++) {
            if (data[position] <= 0) {
                return false;
            }
        }
        return true;
    }

    /** The position of the first NUL, or -1. */
    static int firstNul(byte[] data, int from, int to) {
        for (int position = from; position < to; position++) {
            if (data[position] == 0) {
                return position;
            }
        }
        return -1;
    }

    /**
     * The position of the first byte that begins no well-formed UTF-8 character, or -1: overlong forms, halves of surrogate pairs
     * and what lies beyond U+10FFFF are not well-formed (The Unicode Standard, table 3-7).
     */
    static int firstInvalid(byte[] data, int from, int to) {
        int position = from;
        while (position < to) {
            int length = length(data, position, to);
            if (length == 0) {
                return position;
            }
            position += length;
        }
        return -1;
    }

    private static int length(byte[] data, int position, int to) {
        int first = data[position] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (to - position < length) {
            return 0;
        }
        int second = data[position + 1] & 0xFF;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((data[position + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
