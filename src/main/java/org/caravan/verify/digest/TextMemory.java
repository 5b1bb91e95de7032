package org.caravan.verify.digest;

import java.util.Arrays;

/**
 * The residues of a column's texts of up to {@value #MOST_BYTES} bytes, for where values repeat: even a shared MD5 costs several times a
 * look-up. A column whose values hardly repeat is looked up only now and then. Bounded; used by one thread at a time.
 */
final class TextMemory {
    static final int MOST_BYTES = 64;

    /** The text was not looked up. */
    static final int NOT_SOUGHT = -1;

    /** A text's place is 1 + this at least, so that no place is free by chance. */
    private static final int EMPTY = -1;

    private static final int ENTRIES = 4096;
    private static final int LEAST_ENTRIES = 64;
    private static final int MOST_WORDS = MOST_BYTES / Long.BYTES;

    /** What the memories of all columns of a table may take together. */
    private static final int ALL_BYTES = 16 << 20;

    /** After so many look-ups it is judged whether they pay. */
    private static final int TRIAL = 4096;

    /** So many values go without a look-up after a trial that did not pay. */
    private static final int PAUSE = 65_536;

    /** A look-up that misses costs about a quarter of a shared MD5. */
    private static final int WORTH = TRIAL / 4;

    private final int shift;
    private final int[] lengths;
    private final long[] texts;
    private final long[] remembered;
    private int lookups;
    private int hits;
    private int paused;

    /** A memory for one of so many columns. */
    TextMemory(int columns) {
        int share = ALL_BYTES / Math.max(1, columns) / (MOST_BYTES + Long.BYTES + Integer.BYTES);
        int entries = Math.max(LEAST_ENTRIES, Math.min(ENTRIES, Integer.highestOneBit(Math.max(1, share))));
        this.shift = Long.SIZE - Integer.numberOfTrailingZeros(entries);
        this.lengths = new int[entries];
        this.texts = new long[entries * MOST_WORDS];
        this.remembered = new long[entries];
        Arrays.fill(lengths, EMPTY);
    }

    /** Where a text is or would be remembered, or {@link #NOT_SOUGHT}. */
    int place(byte[] data, int start, int length) {
        if (length > MOST_BYTES) {
            return NOT_SOUGHT;
        }
        if (paused > 0) {
            paused--;
            return NOT_SOUGHT;
        }
        if (lookups++ == TRIAL) {
            paused = hits < WORTH ? PAUSE : 0;
            lookups = 0;
            hits = 0;
        }
        long hash = length;
        int end = start + (length & -Long.BYTES);
        for (int at = start; at < end; at += Long.BYTES) {
            hash = mix(hash ^ TextWords.word(data, at));
        }
        return (int) (mix(hash ^ TextWords.tail(data, end, length & (Long.BYTES - 1))) >>> shift);
    }

    /** Whether a text is remembered at its place. */
    boolean holds(int place, byte[] data, int start, int length) {
        if (lengths[place] != length) {
            return false;
        }
        int word = place * MOST_WORDS;
        int end = start + (length & -Long.BYTES);
        for (int at = start; at < end; at += Long.BYTES) {
            if (texts[word++] != TextWords.word(data, at)) {
                return false;
            }
        }
        int rest = length & (Long.BYTES - 1);
        if (rest > 0 && texts[word] != TextWords.tail(data, end, rest)) {
            return false;
        }
        hits++;
        return true;
    }

    /** The residues of the text at a place. */
    long residues(int place) {
        return remembered[place];
    }

    /** Remembers a text at its place, instead of the one that was there. */
    void put(int place, byte[] data, int start, int length, long residues) {
        int word = place * MOST_WORDS;
        int end = start + (length & -Long.BYTES);
        for (int at = start; at < end; at += Long.BYTES) {
            texts[word++] = TextWords.word(data, at);
        }
        int rest = length & (Long.BYTES - 1);
        if (rest > 0) {
            texts[word] = TextWords.tail(data, end, rest);
        }
        lengths[place] = length;
        remembered[place] = residues;
    }

    private static long mix(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 32);
    }
}
