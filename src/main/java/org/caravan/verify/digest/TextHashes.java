package org.caravan.verify.digest;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The two residues of texts, remembered where values repeat: an MD5 costs many times a look-up. A column whose values hardly repeat
 * is looked up only now and then. Bounded; used by one thread at a time.
 */
final class TextHashes {
    private static final int ENTRIES = 4096;
    private static final int MOST_BYTES = 64;
    private static final int HASH_BYTES = 16;

    /** After so many look-ups it is judged whether they pay. */
    private static final int TRIAL = 4096;

    /** So many values go without a look-up after a trial that did not pay. */
    private static final int PAUSE = 65_536;

    /** A look-up that misses costs about an eighth of an MD5. */
    private static final int WORTH = TRIAL / 8;

    private final MessageDigest md5 = Md5.newDigest();
    private final byte[] hash = new byte[HASH_BYTES];
    private final ByteBuffer hashView = ByteBuffer.wrap(hash);
    private final byte[] texts = new byte[ENTRIES * MOST_BYTES];
    private final int[] lengths = new int[ENTRIES];
    private final long[] remembered = new long[ENTRIES];
    private int lookups;
    private int hits;
    private int paused;

    TextHashes() {
        Arrays.fill(lengths, -1);
    }

    /** The residue for set A in the upper 32 bits, that for set B in the lower. */
    long residues(byte[] data, int start, int length) {
        if (length > MOST_BYTES) {
            return compute(data, start, length);
        }
        if (paused > 0) {
            paused--;
            return compute(data, start, length);
        }
        int entry = entry(data, start, length);
        int at = entry * MOST_BYTES;
        if (lookups++ == TRIAL) {
            paused = hits < WORTH ? PAUSE : 0;
            lookups = 0;
            hits = 0;
        }
        if (lengths[entry] == length && Arrays.equals(texts, at, at + length, data, start, start + length)) {
            hits++;
            return remembered[entry];
        }
        long residues = compute(data, start, length);
        System.arraycopy(data, start, texts, at, length);
        lengths[entry] = length;
        remembered[entry] = residues;
        return residues;
    }

    private long compute(byte[] data, int start, int length) {
        md5.update(data, start, length);
        try {
            md5.digest(hash, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("An MD5 has 16 bytes", e);
        }
        long first = hashView.getLong(0);
        long second = hashView.getLong(Long.BYTES);
        // 15 hexadecimal digits are 60 bits: all but the last four of the first half, then these four and 56 of the
        // second.
        long digitsA = first >>> 4;
        long digitsB = (first & 0xf) << 56 | second >>> 8;
        return (digitsA % Field.P) << 32 | digitsB % Field.P;
    }

    private static int entry(byte[] data, int start, int length) {
        int hash = length;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + data[i];
        }
        hash *= 0x9e3779b9;
        return hash >>> 20;
    }
}
