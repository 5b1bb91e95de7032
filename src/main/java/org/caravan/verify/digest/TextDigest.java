package org.caravan.verify.digest;

import org.caravan.schema.BytesVector;
import org.caravan.schema.Vector;

/** Text by the MD5 of its UTF-8 bytes: digits 1 to 15 for set A, digits 16 to 30 for set B. */
final class TextDigest extends ColumnDigest {
    private final TextBatch batch;
    private final TextMemory memory;

    /**
     * @param batch shared by the columns of a table
     * @param columns how many there are
     */
    TextDigest(int column, TextBatch batch, int columns) {
        super(column);
        this.batch = batch;
        this.memory = new TextMemory(columns);
    }

    @Override
    void forms(Vector vector, int rows, long[] formsA, long[] formsB) {
        long[] residues = batch.residues((BytesVector) vector, rows, memory);
        long coefficientA = a.of(0);
        long coefficientB = b.of(0);
        long offsetA = a.offset();
        long offsetB = b.offset();
        for (int row = 0; row < rows; row++) {
            long both = residues[row];
            formsA[row] = offsetA + coefficientA * (both >>> 32);
            formsB[row] = offsetB + coefficientB * (both & Field.P);
        }
    }
}
