package org.caravan.format;

/**
 * Parquet's hybrid of run lengths and bit packing, for dictionary indexes and definition levels.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE">Encodings, RLE</a>
 */
final class HybridRle {
    /** The values of a bit-packed group; every run but the last is a multiple of it, so that groups stay aligned. */
    private static final int GROUP = 8;

    private HybridRle() {}

    /** Appends the first {@code count} values, each of at most {@code width} bits (1 to 31). */
    static void encode(int[] values, int count, int width, Buffer out) {
        int packedFrom = 0;
        int position = 0;
        while (position < count) {
            int run = runLength(values, position, count);
            // A run pays from one group on; it must begin at a group boundary, so that what is packed before it is
            // whole.
            if (run >= GROUP) {
                pack(values, packedFrom, position, width, out);
                repeat(values[position], run, width, out);
                position += run;
                packedFrom = position;
            } else {
                position = Math.min(position + GROUP, count);
            }
        }
        pack(values, packedFrom, count, width, out);
    }

    /** Appends one run. */
    static void repeat(int value, int times, int width, Buffer out) {
        out.putVarInt(times << 1);
        for (int shift = 0; shift < width; shift += Byte.SIZE) {
            out.write(value >>> shift);
        }
    }

    private static int runLength(int[] values, int from, int count) {
        int value = values[from];
        int end = from + 1;
        while (end < count && values[end] == value) {
            end++;
        }
        return end - from;
    }

    /** Packs values from the lowest bit on; the last group is filled up with zeros. */
    private static void pack(int[] values, int from, int to, int width, Buffer out) {
        if (from == to) {
            return;
        }
        int groups = (to - from + GROUP - 1) / GROUP;
        out.putVarInt(groups << 1 | 1);
        int bytes = groups * width;
        out.reserve(bytes + Integer.BYTES);
        int position = out.size();
        long bits = 0;
        int used = 0;
        for (int i = from; i < to; i++) {
            bits |= (long) values[i] << used;
            used += width;
            if (used >= Integer.SIZE) {
                out.setInt(position, (int) bits);
                position += Integer.BYTES;
                bits >>>= Integer.SIZE;
                used -= Integer.SIZE;
            }
        }
        // What is left of the last word, and the padding.
        int end = out.size() + bytes;
        while (position < end) {
            out.setInt(position, (int) bits);
            bits = 0;
            position += Integer.BYTES;
        }
        out.advance(bytes);
    }
}
