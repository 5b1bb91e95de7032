package org.caravan.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.Statistics;
import org.caravan.schema.LongVector;

/** Values of 4 or 8 bytes: integers, or the bits of floating-point numbers. */
final class LongValues extends Values {
    /** A dictionary's window may take half the bytes that the dictionary's page may have. */
    private static final int LIMIT_BYTES_PER_WINDOW = 2 * Integer.BYTES;

    private final LongDictionary dictionary;
    private final int width;
    /** Which bits to turn of a negative number so that signed comparison of bits orders floating-point numbers; 0 for integers. */
    private final long floatMask;

    private boolean any;
    private long least;
    private long largest;

    private LongValues(int width, long floatMask, int dictionaryLimit) {
        super(dictionaryLimit);
        this.dictionary = new LongDictionary(dictionaryLimit / LIMIT_BYTES_PER_WINDOW);
        this.width = width;
        this.floatMask = floatMask;
    }

    static LongValues integers(int width, int dictionaryLimit) {
        return new LongValues(width, 0, dictionaryLimit);
    }

    static LongValues floats(int width, int dictionaryLimit) {
        return new LongValues(width, width == Integer.BYTES ? Integer.MAX_VALUE : Long.MAX_VALUE, dictionaryLimit);
    }

    /** Appends a value; of 4-byte values the sign is extended. Room was reserved. */
    void add(long value) {
        if (coding) {
            indexes[count++] = dictionary.index(value);
        } else {
            observe(value);
            count++;
            put(value, plain);
        }
    }

    /** Appends the values of rows, none of which is NULL. Room was reserved. */
    void addAll(LongVector vector, int from, int to) {
        if (coding) {
            dictionary.index(vector, from, to, indexes, count);
            count += to - from;
        } else {
            for (int row = from; row < to; row++) {
                add(vector.get(row));
            }
        }
    }

    @Override
    long plainBytes() {
        return (long) count * width;
    }

    @Override
    int dictionarySize() {
        return dictionary.size();
    }

    @Override
    int dictionaryBytes() {
        return dictionary.size() * width;
    }

    @Override
    long dictionaryHeldBytes() {
        return dictionary.heldBytes();
    }

    @Override
    void putDictionary(Buffer out) {
        for (int i = 0; i < dictionary.size(); i++) {
            put(dictionary.value(i), out);
        }
    }

    @Override
    void putPlain(int index) {
        put(dictionary.value(index), plain);
    }

    @Override
    void observeDictionary() {
        for (int i = 0; i < dictionary.size(); i++) {
            observe(dictionary.value(i));
        }
    }

    @Override
    void clearDictionary(int mostRetained) {
        dictionary.clear(mostRetained);
    }

    @Override
    void clearPage() {}

    /**
     * None where a NaN was seen, which has no place in the order; a zero at either end stands for both zeros.
     *
     * @see <a href="https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift">ColumnOrder</a>
     */
    @Override
    void putStatistics(Statistics statistics) {
        if (!any) {
            return;
        }
        long min = ordered(least);
        long max = ordered(largest);
        if (floatMask != 0) {
            if (Double.isNaN(number(min)) || Double.isNaN(number(max))) {
                return;
            }
            min = number(min) == 0 ? bits(-0.0) : min;
            max = number(max) == 0 ? bits(0.0) : max;
        }
        statistics.setMin_value(bytes(min)).setMax_value(bytes(max));
    }

    @Override
    void clearStatistics() {
        any = false;
    }

    private void put(long value, Buffer out) {
        if (width == Integer.BYTES) {
            out.putInt((int) value);
        } else {
            out.putLong(value);
        }
    }

    private void observe(long value) {
        long ordered = ordered(value);
        if (any) {
            least = Math.min(least, ordered);
            largest = Math.max(largest, ordered);
        } else {
            any = true;
            least = ordered;
            largest = ordered;
        }
    }

    /** Its own inverse: the sign bit stays. A NaN comes out beyond the infinity of its sign. */
    private long ordered(long bits) {
        return bits ^ (bits >> 63 & floatMask);
    }

    private double number(long bits) {
        return width == Integer.BYTES ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    }

    private long bits(double value) {
        return width == Integer.BYTES ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value);
    }

    private byte[] bytes(long value) {
        ByteBuffer bytes = ByteBuffer.allocate(width).order(ByteOrder.LITTLE_ENDIAN);
        return (width == Integer.BYTES ? bytes.putInt((int) value) : bytes.putLong(value)).array();
    }
}
