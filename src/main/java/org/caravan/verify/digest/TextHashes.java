package org.caravan.verify.digest;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;

/** The two residues of a text. Used by one thread at a time. */
final class TextHashes {
    private static final int HASH_BYTES = 16;

    private final MessageDigest md5 = Md5.newDigest();
    private final byte[] hash = new byte[HASH_BYTES];
    private final ByteBuffer hashView = ByteBuffer.wrap(hash);

    /** The residue for set A in the upper 32 bits, that for set B in the lower. */
    long residues(byte[] data, int start, int length) {
        md5.update(data, start, length);
        try {
            md5.digest(hash, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("An MD5 has 16 bytes", e);
        }
        return residues(hashView.getLong(0), hashView.getLong(Long.BYTES));
    }

    /** The residues of an MD5, given by its halves. */
    static long residues(long first, long second) {
        // 15 hexadecimal digits are 60 bits: all but the last four of the first half, then these four and 56 of the
        // second.
        long digitsA = first >>> 4;
        long digitsB = ((first & 0xf) << 56) | (second >>> 8);
        return (Field.reduce(digitsA) << 32) | Field.reduce(digitsB);
    }
}
