package org.caravan.verify.digest;

import org.caravan.schema.BytesVector;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Vector;

/**
 * Binary in pieces of {@value #CHUNK_BYTES} bytes: the MD5 of a piece's lower-case hexadecimal digits, in the slot of the piece's
 * number, since that is text which Redshift's MD5 takes. A value has its first piece always, another only if it has bytes in it.
 */
final class BinaryDigest extends ColumnDigest {
    /** As many bytes as have hexadecimal digits in the 65,535 bytes of a VARCHAR. */
    static final int CHUNK_BYTES = 32_767;

    /** All slots but the offset's. */
    static final int MOST_CHUNKS = Coefficients.OFFSET;

    /** The longest value that these pieces cover. */
    static final int MOST_BYTES = MOST_CHUNKS * CHUNK_BYTES;

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private final TextBatch hashes;
    private byte[] digits = new byte[128];

    BinaryDigest(int column, TextBatch hashes) {
        super(column);
        this.hashes = hashes;
    }

    static boolean covers(ColumnType.Binary type) {
        return type.maxBytes() <= MOST_BYTES;
    }

    /** The most pieces that a value of the type has. */
    static int chunks(ColumnType.Binary type) {
        return (type.maxBytes() + CHUNK_BYTES - 1) / CHUNK_BYTES;
    }

    @Override
    void forms(Vector vector, int rows, long[] formsA, long[] formsB) {
        BytesVector values = (BytesVector) vector;
        byte[] data = values.data();
        for (int row = 0; row < rows; row++) {
            if (values.isNull(row)) {
                continue;
            }
            int start = values.start(row);
            int end = start + values.length(row);
            long formA = a.offset();
            long formB = b.offset();
            int chunk = 0;
            int from = start;
            do {
                int to = Math.min(end, from + CHUNK_BYTES);
                long residues = hashes.residues(digits(data, from, to), 0, 2 * (to - from));
                formA += Field.fold(a.of(chunk) * (residues >>> 32));
                formB += Field.fold(b.of(chunk) * (residues & Field.P));
                chunk++;
                from = to;
            } while (from < end);
            formsA[row] = formA;
            formsB[row] = formB;
        }
    }

    private byte[] digits(byte[] data, int from, int to) {
        if (digits.length < 2 * (to - from)) {
            digits = new byte[Math.min(2 * CHUNK_BYTES, 4 * (to - from))];
        }
        int at = 0;
        for (int i = from; i < to; i++) {
            digits[at++] = DIGITS[data[i] >> 4 & 0xf];
            digits[at++] = DIGITS[data[i] & 0xf];
        }
        return digits;
    }
}
