package org.caravan.sandbox.redshift.copy;

/** A window on the bytes of a file, which always holds the current row as a whole. Used by one thread. */
final class RowBytes {
    /** "The maximum size of a single input row from any source is 4 MB": https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html */
    static final int MAX_ROW = 4 * 1024 * 1024;

    private final FileInput in;
    private byte[] bytes = new byte[1 << 17];
    private int start;
    private int limit;
    private boolean ended;

    RowBytes(FileInput in) {
        this.in = in;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the current row begins. */
    int start() {
        return start;
    }

    /** Where the bytes end that are here. */
    int limit() {
        return limit;
    }

    /** Whether nothing comes after the limit. */
    boolean ended() {
        return ended;
    }

    /** The next row begins here. */
    void advance(int to) {
        start = to;
    }

    /** Reads more; the row keeps its bytes, but may stand elsewhere. False if the file has ended. */
    boolean more() throws CopyFailure.Thrown {
        if (ended) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, limit - start);
            limit -= start;
            start = 0;
        }
        if (limit == bytes.length) {
            bytes = java.util.Arrays.copyOf(bytes, bytes.length * 2);
        }
        while (!ended && limit < bytes.length) {
            int read = in.read(bytes, limit, bytes.length - limit);
            ended = read < 0;
            limit += Math.max(0, read);
        }
        return true;
    }

    boolean isTooLong() {
        return limit - start > MAX_ROW;
    }

    /** Goes behind the next end of a line; false if the file ends first. */
    boolean skipLine() throws CopyFailure.Thrown {
        while (true) {
            for (int i = start; i < limit; i++) {
                if (bytes[i] == '\n') {
                    start = i + 1;
                    return true;
                }
            }
            start = limit;
            if (!more()) {
                return false;
            }
        }
    }
}
