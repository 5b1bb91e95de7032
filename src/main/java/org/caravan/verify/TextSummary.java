package org.caravan.verify;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.caravan.schema.BytesVector;
import org.caravan.schema.Vector;

/** Text: extremes by UTF-8 bytes, of which the first eight nearly always decide. */
final class TextSummary extends ColumnSummary {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] min = {};
    private byte[] max = {};
    private long minStart;
    private long maxStart;
    private long bytes;
    private boolean any;

    TextSummary(int column) {
        super(column);
    }

    @Override
    void add(Vector vector, int rows) {
        BytesVector texts = (BytesVector) vector;
        byte[] data = texts.data();
        for (int row = 0; row < rows; row++) {
            if (texts.isNull(row)) {
                continue;
            }
            int from = texts.start(row);
            int length = texts.length(row);
            bytes += length;
            long start = start(data, from, length);
            // A text of up to eight bytes with the same start and length is the same.
            boolean known = length <= Long.BYTES;
            if (!any
                    || Long.compareUnsigned(start, minStart) < 0
                    || (start == minStart && !(known && length == min.length))) {
                least(data, from, from + length, start);
            }
            if (!any
                    || Long.compareUnsigned(start, maxStart) > 0
                    || (start == maxStart && !(known && length == max.length))) {
                greatest(data, from, from + length, start);
            }
            any = true;
        }
    }

    private void least(byte[] data, int from, int to, long start) {
        if (!any || Arrays.compareUnsigned(data, from, to, min, 0, min.length) < 0) {
            min = Arrays.copyOfRange(data, from, to);
            minStart = start;
        }
    }

    private void greatest(byte[] data, int from, int to, long start) {
        if (!any || Arrays.compareUnsigned(data, from, to, max, 0, max.length) > 0) {
            max = Arrays.copyOfRange(data, from, to);
            maxStart = start;
        }
    }

    /** The first eight bytes as a number, zeros after the text's end: texts of which one is less have it less or equal. */
    private static long start(byte[] data, int from, int length) {
        if (length >= Long.BYTES) {
            return (long) LONGS.get(data, from);
        }
        if (from + Long.BYTES <= data.length) {
            // A shift by 64 would be none.
            return length == 0 ? 0 : (long) LONGS.get(data, from) & -1L << (Long.SIZE - Byte.SIZE * length);
        }
        long start = 0;
        for (int i = 0; i < length; i++) {
            start |= (data[from + i] & 0xffL) << (Long.SIZE - Byte.SIZE * (i + 1));
        }
        return start;
    }

    @Override
    void put(Map<Measure, Object> facts) {
        if (any) {
            facts.put(Measure.MIN, ColumnFacts.withoutTrailingBlanks(new String(min, StandardCharsets.UTF_8)));
            facts.put(Measure.MAX, ColumnFacts.withoutTrailingBlanks(new String(max, StandardCharsets.UTF_8)));
        }
        facts.put(Measure.BYTES, ColumnFacts.exact(bytes));
    }
}
