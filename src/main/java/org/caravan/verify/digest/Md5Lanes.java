package org.caravan.verify.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The MD5 of many short texts at once. A step of MD5 waits for the one before it, so one text keeps a processor idle most of the time;
 * here each step is a loop over all texts, which the JVM compiles to vector instructions. Texts are put first, then all computed
 * together, then read. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1321">RFC 1321</a>
 */
final class Md5Lanes {
    /** So many texts at once: enough to spread a loop's cost, few enough to stay in the processor's first cache. */
    static final int LANES = 256;

    private static final int WORDS = 16;
    private static final int BLOCK_BYTES = 64;
    /** The bit that ends the text, and its length. */
    private static final int LEAST_PADDING = 9;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int[] SINES = new int[64];
    private static final int[][] SHIFTS = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    private static final int[] FIRST = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

    private final int blocks;
    private final int[][] words;
    private final int[][] states = new int[FIRST.length][LANES];
    private final int[][] before = new int[FIRST.length][LANES];
    private int count;

    static {
        for (int i = 0; i < SINES.length; i++) {
            SINES[i] = (int) (long) (StrictMath.abs(StrictMath.sin(i + 1.0)) * (1L << Integer.SIZE));
        }
    }

    /**
     * For texts of so many blocks of 64 bytes.
     *
     * @see #blocks
     */
    Md5Lanes(int blocks) {
        this.blocks = blocks;
        this.words = new int[blocks * WORDS][LANES];
    }

    /** How many blocks a text of so many bytes takes. */
    static int blocks(int length) {
        return (length + LEAST_PADDING + BLOCK_BYTES - 1) / BLOCK_BYTES;
    }

    int count() {
        return count;
    }

    /** Puts a text, which is copied, into the next lane; there are {@link #LANES}. */
    void put(byte[] data, int start, int length) {
        int lane = count++;
        int whole = length & -Long.BYTES;
        int word = 0;
        for (int at = 0; at < whole; at += Long.BYTES) {
            long pair = (long) LONG.get(data, start + at);
            words[word++][lane] = (int) pair;
            words[word++][lane] = (int) (pair >>> Integer.SIZE);
        }
        int rest = length - whole;
        long last = TextWords.tail(data, start + whole, rest) | (0x80L << (Byte.SIZE * rest));
        words[word++][lane] = (int) last;
        words[word++][lane] = (int) (last >>> Integer.SIZE);
        int lengthAt = words.length - 2;
        while (word < lengthAt) {
            words[word++][lane] = 0;
        }
        words[lengthAt][lane] = length << 3;
        words[lengthAt + 1][lane] = length >>> (Integer.SIZE - 3);
    }

    /** Computes all lanes. */
    void compute() {
        for (int i = 0; i < FIRST.length; i++) {
            Arrays.fill(states[i], 0, count, FIRST[i]);
        }
        for (int block = 0; block < blocks; block++) {
            compute(block * WORDS);
        }
    }

    /** Bits 0 to 63 of a lane's MD5, the first byte the highest, and after {@link #compute} only. */
    long first(int lane) {
        return bigEndian(states[0][lane], states[1][lane]);
    }

    /** Bits 64 to 127. */
    long second(int lane) {
        return bigEndian(states[2][lane], states[3][lane]);
    }

    /** Forgets all texts. */
    void clear() {
        count = 0;
    }

    private static long bigEndian(int first, int second) {
        return Long.reverseBytes((first & 0xffff_ffffL) | ((long) second << Integer.SIZE));
    }

    private void compute(int firstWord) {
        int n = count;
        int[] a = states[0];
        int[] b = states[1];
        int[] c = states[2];
        int[] d = states[3];
        for (int i = 0; i < FIRST.length; i++) {
            System.arraycopy(states[i], 0, before[i], 0, n);
        }
        for (int step = 0; step < SINES.length; step++) {
            int shift = SHIFTS[step >> 4][step & 3];
            int sine = SINES[step];
            switch (step >> 4) {
                case 0 -> choose(a, b, c, d, words[firstWord + step], sine, shift, n);
                case 1 -> choose2(a, b, c, d, words[firstWord + ((5 * step + 1) & 15)], sine, shift, n);
                case 2 -> parity(a, b, c, d, words[firstWord + ((3 * step + 5) & 15)], sine, shift, n);
                default -> last(a, b, c, d, words[firstWord + ((7 * step) & 15)], sine, shift, n);
            }
            int[] turned = d;
            d = c;
            c = b;
            b = a;
            a = turned;
        }
        for (int i = 0; i < FIRST.length; i++) {
            add(states[i], before[i], n);
        }
    }

    private static void choose(int[] a, int[] b, int[] c, int[] d, int[] x, int sine, int shift, int n) {
        for (int i = 0; i < n; i++) {
            int sum = a[i] + (d[i] ^ (b[i] & (c[i] ^ d[i]))) + x[i] + sine;
            a[i] = b[i] + ((sum << shift) | (sum >>> (Integer.SIZE - shift)));
        }
    }

    private static void choose2(int[] a, int[] b, int[] c, int[] d, int[] x, int sine, int shift, int n) {
        for (int i = 0; i < n; i++) {
            int sum = a[i] + (c[i] ^ (d[i] & (b[i] ^ c[i]))) + x[i] + sine;
            a[i] = b[i] + ((sum << shift) | (sum >>> (Integer.SIZE - shift)));
        }
    }

    private static void parity(int[] a, int[] b, int[] c, int[] d, int[] x, int sine, int shift, int n) {
        for (int i = 0; i < n; i++) {
            int sum = a[i] + (b[i] ^ c[i] ^ d[i]) + x[i] + sine;
            a[i] = b[i] + ((sum << shift) | (sum >>> (Integer.SIZE - shift)));
        }
    }

    private static void last(int[] a, int[] b, int[] c, int[] d, int[] x, int sine, int shift, int n) {
        for (int i = 0; i < n; i++) {
            int sum = a[i] + (c[i] ^ (b[i] | ~d[i])) + x[i] + sine;
            a[i] = b[i] + ((sum << shift) | (sum >>> (Integer.SIZE - shift)));
        }
    }

    private static void add(int[] to, int[] from, int n) {
        for (int i = 0; i < n; i++) {
            to[i] += from[i];
        }
    }
}
