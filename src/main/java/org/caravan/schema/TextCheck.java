package org.caravan.schema;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes are text: valid UTF-8, with or without NUL; eight bytes at a time where they are ASCII. Stateless. */
public final class TextCheck {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;

    private TextCheck() {}

    /** Whether there is neither NUL nor anything beyond ASCII. */
    public static boolean isPlain(byte[] data, int from, int to) {
        int last = to - Long.BYTES;
        if (last < from) {
            return isShortPlain(data, from, to);
        }
        for (int position = from; position < last; position += Long.BYTES) {
            if (!isPlain((long) LONG.get(data, position))) {
                return false;
            }
        }
        // The last eight bytes, some of them again.
        return isPlain((long) LONG.get(data, last));
    }

    /** Whether the bytes are well-formed UTF-8 without NUL. */
    public static boolean isText(byte[] data, int from, int to) {
        return isPlain(data, from, to) || (firstInvalid(data, from, to) < 0 && firstNul(data, from, to) < 0);
    }

    /** The position of the first NUL, or -1. */
    public static int firstNul(byte[] data, int from, int to) {
        int position = from;
        for (; position <= to - Long.BYTES; position += Long.BYTES) {
            long word = (long) LONG.get(data, position);
            if (((word - LOW_BITS) & ~word & HIGH_BITS) != 0) {
                break;
            }
        }
        for (; position < to; position++) {
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
    public static int firstInvalid(byte[] data, int from, int to) {
        int position = from;
        while (position <= to - Long.BYTES) {
            long word = (long) LONG.get(data, position);
            long high = word & HIGH_BITS;
            if (high == 0) {
                position += Long.BYTES;
            } else if ((high & 0x80) == 0) {
                position += Long.numberOfTrailingZeros(high) >>> 3;
            } else {
                int length = length(word);
                if (length == 0) {
                    length = length(data, position, to);
                }
                if (length == 0) {
                    return position;
                }
                position += length;
            }
        }
        while (position < to) {
            int length = length(data, position, to);
            if (length == 0) {
                return position;
            }
            position += length;
        }
        return -1;
    }

    private static boolean isPlain(long word) {
        return ((word | (word - LOW_BITS)) & HIGH_BITS) == 0;
    }

    private static boolean isShortPlain(byte[] data, int from, int to) {
        int bits = Byte.SIZE * (to - from);
        if (bits > 0 && to >= Long.BYTES) {
            // The eight bytes that end here, without those before the text.
            return isPlain(((long) LONG.get(data, to - Long.BYTES) >>> (Long.SIZE - bits)) | (LOW_BITS << bits));
        }
        for (int position = from; position < to; position++) {
            if (data[position] <= 0) {
                return false;
            }
        }
        return true;
    }

    /** The length of the well-formed character of two or three bytes that a word begins with, the first byte the lowest; or 0. */
    private static int length(long word) {
        if ((word & 0xC0C0F0) == 0x8080E0) {
            // Of E0 the second byte's bit 0x20 must be set, of ED it must not.
            long telling = word & 0x200F;
            return telling == 0 || telling == 0x200D ? 0 : 3;
        }
        return (word & 0xC0E0) == 0x80C0 && (word & 0x1E) != 0 ? 2 : 0;
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
