package org.caravan.source.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Says whether bytes are UTF-8; stateless. A database in SQL_ASCII may send any bytes. */
final class Utf8Bytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8Bytes() {}

    /** Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7) without NUL. */
    static boolean isText(byte[] data, int from, int to) {
        int at = from;
        while (at < to) {
            if (at + Long.BYTES <= to && ((long) LONGS.get(data, at) & HIGH_BITS) == 0 && !hasZero(data, at)) {
                at += Long.BYTES;
                continue;
            }
            int length = sequence(data, at, to);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private static boolean hasZero(byte[] data, int at) {
        // Exact where no byte is above 0x7F.
        long word = (long) LONGS.get(data, at);
        return ((word - 0x0101010101010101L) & HIGH_BITS) != 0;
    }

    /** The length of the character at a position; 0 if it is malformed. */
    private static int sequence(byte[] data, int at, int to) {
        int first = data[at] & 0xFF;
        if (first < 0x80) {
            return first == 0 ? 0 : 1;
        }
        if (first >= 0xC2 && first < 0xE0) {
            return continues(data, at + 1, to, 1, 0x80, 0xBF) ? 2 : 0;
        }
        if (first >= 0xE0 && first < 0xF0) {
            int least = first == 0xE0 ? 0xA0 : 0x80;
            int most = first == 0xED ? 0x9F : 0xBF;
            return continues(data, at + 1, to, 2, least, most) ? 3 : 0;
        }
        if (first >= 0xF0 && first < 0xF5) {
            int least = first == 0xF0 ? 0x90 : 0x80;
            int most = first == 0xF4 ? 0x8F : 0xBF;
            return continues(data, at + 1, to, 3, least, most) ? 4 : 0;
        }
        return 0;
    }

    /** Whether {@code count} bytes continue a character, the first of them within bounds of its own. */
    private static boolean continues(byte[] data, int from, int to, int count, int least, int most) {
        if (from + count > to || (data[from] & 0xFF) < least || (data[from] & 0xFF) > most) {
            return false;
        }
        for (int i = 1; i < count; i++) {
            if ((data[from + i] & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }
}
