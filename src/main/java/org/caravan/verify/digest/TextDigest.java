package org.caravan.verify.digest;

import org.caravan.schema.BytesVector;
import org.caravan.schema.Vector;

/** Text by the MD5 of its UTF-8 bytes: digits 1 to 15 for set A, digits 16 to 30 for set B. */
final class TextDigest extends ColumnDigest {
    private final TextHashes hashes = new TextHashes();

    TextDigest(int column) {
        super(column);
    }

    @Override
    void forms(Vector vector, int rows, long[] formsA, long[] formsB) {
        BytesVector texts = (BytesVector) vector;
        byte[] data = texts.data();
        long coefficientA = a.of(0);
        long coefficientB = b.of(0);
        for (int row = 0; row < rows; row++) {
            if (texts.isNull(row)) {
                continue;
            }
            long residues = hashes.residues(data, texts.start(row), texts.length(row));
            formsA[row] = a.offset() + Field.fold(coefficientA * (residues >>> 32));
            formsB[row] = b.offset() + Field.fold(coefficientB * (residues & Field.P));
        }
    }
}
