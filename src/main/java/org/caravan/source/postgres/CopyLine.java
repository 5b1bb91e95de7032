package org.caravan.source.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One row of COPY's text format, taken apart into its fields: the format is in PostgreSQL's manual under COPY, "Text Format".
 * Takes escapes away in the row's own bytes. Reused; not thread-safe.
 */
final class CopyLine {
    private static final int NULL = -1;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long TABS = '\t' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    private final int[] starts;
    private final int[] ends;
    private byte[] data = new byte[0];

    CopyLine(int fields) {
        this.starts = new int[fields];
        this.ends = new int[fields];
    }

    /**
     * Takes a row apart.
     *
     * @param line the row with its line feed; changed, and owned by this object until the next call
     * @return whether it has as many fields as were expected
     */
    boolean split(byte[] line) {
        data = line;
        int size = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
        int start = 0;
        for (int field = 0; field < starts.length; field++) {
            int at = plainEnd(line, start, size);
            starts[field] = start;
            ends[field] = at;
            if (at < size && line[at] == '\\') {
                at = unescape(field, at, size);
            }
            if (at == size) {
                return field == starts.length - 1;
            }
            start = at + 1;
        }
        return false;
    }

    /** The position of the first tab or backslash, eight bytes at a time, or the row's end. */
    private static int plainEnd(byte[] line, int from, int size) {
        int at = from;
        for (; at <= size - Long.BYTES; at += Long.BYTES) {
            long word = (long) LONG.get(line, at);
            long tabs = word ^ TABS;
            long backslashes = word ^ BACKSLASHES;
            // The high bit of each byte that is zero now; above the first such byte it may be set of others too.
            long found = (((tabs - ONES) & ~tabs) | ((backslashes - ONES) & ~backslashes)) & HIGH_BITS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < size && line[at] != '\t' && line[at] != '\\') {
            at++;
        }
        return at;
    }

    /** Ends a field that holds a backslash; gives the position of the tab or line feed after it. */
    private int unescape(int field, int backslash, int size) {
        if (backslash == starts[field] && backslash + 1 < size && data[backslash + 1] == 'N') {
            ends[field] = NULL;
            return backslash + 2;
        }
        int to = backslash;
        int at = backslash;
        for (; at < size && data[at] != '\t'; at++) {
            byte b = data[at];
            if (b == '\\' && at + 1 < size) {
                b = plain(data[++at]);
            }
            data[to++] = b;
        }
        ends[field] = to;
        return at;
    }

    private static byte plain(byte escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            default -> escaped;
        };
    }

    /** The bytes in which the fields lie. */
    byte[] data() {
        return data;
    }

    boolean isNull(int field) {
        return ends[field] == NULL;
    }

    int start(int field) {
        return starts[field];
    }

    /** The end of a field that is not NULL. */
    int end(int field) {
        return ends[field];
    }
}
