package org.caravan.verify.digest;

import org.caravan.schema.BytesVector;

/**
 * The residues of a batch's texts: those that their column remembers at once, the others together. Shared by the columns of a table,
 * which come one after the other; used by one thread at a time.
 */
final class TextBatch {
    /** Longer texts are as quick one by one. */
    private static final int MOST_BLOCKS = 4;

    /** Fewer are quicker one by one. */
    private static final int LEAST_LANES = 12;

    private final TextHashes single = new TextHashes();
    private final Md5Lanes[] lanes = new Md5Lanes[MOST_BLOCKS];
    private final int[][] laneRows = new int[MOST_BLOCKS][Md5Lanes.LANES];
    private final int[][] lanePlaces = new int[MOST_BLOCKS][Md5Lanes.LANES];
    private long[] residues = {};

    TextBatch() {
        for (int i = 0; i < MOST_BLOCKS; i++) {
            lanes[i] = new Md5Lanes(i + 1);
        }
    }

    /** The residues of each row that is not NULL, for set A in the upper 32 bits, for set B in the lower; valid until the next call. */
    long[] residues(BytesVector texts, int rows, TextMemory memory) {
        if (residues.length < rows) {
            residues = new long[rows];
        }
        byte[] data = texts.data();
        boolean nulls = texts.hasNulls();
        int end = 0;
        for (int row = 0; row < rows; row++) {
            int start = end;
            int length = texts.length(row);
            end = start + length;
            if (nulls && texts.isNull(row)) {
                continue;
            }
            int place = memory.place(data, start, length);
            if (place != TextMemory.NOT_SOUGHT && memory.holds(place, data, start, length)) {
                residues[row] = memory.residues(place);
            } else {
                add(texts, row, start, length, place, memory);
            }
        }
        for (int i = 0; i < MOST_BLOCKS; i++) {
            flush(i, texts, memory);
        }
        return residues;
    }

    /** The residues of one text. */
    long residues(byte[] data, int start, int length) {
        return single.residues(data, start, length);
    }

    private void add(BytesVector texts, int row, int start, int length, int place, TextMemory memory) {
        int index = Md5Lanes.blocks(length) - 1;
        if (index >= MOST_BLOCKS) {
            residues[row] = single.residues(texts.data(), start, length);
            return;
        }
        Md5Lanes open = lanes[index];
        laneRows[index][open.count()] = row;
        lanePlaces[index][open.count()] = place;
        open.put(texts.data(), start, length);
        if (open.count() == Md5Lanes.LANES) {
            flush(index, texts, memory);
        }
    }

    private void flush(int index, BytesVector texts, TextMemory memory) {
        Md5Lanes open = lanes[index];
        int count = open.count();
        boolean together = count >= LEAST_LANES;
        if (together) {
            open.compute();
        }
        byte[] data = texts.data();
        for (int lane = 0; lane < count; lane++) {
            int row = laneRows[index][lane];
            int start = texts.start(row);
            int length = texts.length(row);
            long found = together
                    ? TextHashes.residues(open.first(lane), open.second(lane))
                    : single.residues(data, start, length);
            residues[row] = found;
            int place = lanePlaces[index][lane];
            if (place != TextMemory.NOT_SOUGHT) {
                memory.put(place, data, start, length, found);
            }
        }
        open.clear();
    }
}
