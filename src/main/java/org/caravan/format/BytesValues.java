package org.caravan.format;

import java.util.Arrays;
import org.apache.parquet.format.Statistics;

/** Byte strings: text, each with its length before it, or numbers of a fixed width. */
final class BytesValues extends Values {
    /** The longest text that goes into the statistics; nothing is shortened, which would need care at both ends. */
    static final int MAX_STATISTICS_BYTES = 64;

    private static final byte[] NONE = {};

    private final BytesDictionary dictionary = new BytesDictionary();
    private final int prefix;
    /** Whether the first byte has a sign, as in two's complement numbers. */
    private final boolean signed;

    private long codedBytes;
    private boolean any;
    private byte[] least = NONE;
    private byte[] largest = NONE;

    private BytesValues(int prefix, boolean signed, int dictionaryLimit) {
        super(dictionaryLimit);
        this.prefix = prefix;
        this.signed = signed;
    }

    static BytesValues text(int dictionaryLimit) {
        return new BytesValues(Integer.BYTES, false, dictionaryLimit);
    }

    /** Big-endian two's complement numbers, all of one width. */
    static BytesValues numbers(int dictionaryLimit) {
        return new BytesValues(0, true, dictionaryLimit);
    }

    /** Appends a value, which is copied. Room was reserved. */
    void add(byte[] source, int offset, int length) {
        if (coding) {
            indexes[count++] = dictionary.index(source, offset, length);
            codedBytes += prefix + length;
        } else {
            observe(source, offset, length);
            count++;
            put(source, offset, length, plain);
        }
    }

    @Override
    long plainBytes() {
        return coding ? codedBytes : plain.size();
    }

    @Override
    int dictionarySize() {
        return dictionary.size();
    }

    @Override
    int dictionaryBytes() {
        return dictionary.dataSize() + dictionary.size() * prefix;
    }

    @Override
    long dictionaryHeldBytes() {
        return dictionary.heldBytes();
    }

    @Override
    void putDictionary(Buffer out) {
        for (int i = 0; i < dictionary.size(); i++) {
            put(dictionary.data(), dictionary.start(i), dictionary.length(i), out);
        }
    }

    @Override
    void putPlain(int index) {
        put(dictionary.data(), dictionary.start(index), dictionary.length(index), plain);
    }

    @Override
    void observeDictionary() {
        for (int i = 0; i < dictionary.size(); i++) {
            observe(dictionary.data(), dictionary.start(i), dictionary.length(i));
        }
    }

    @Override
    void clearDictionary(int mostRetained) {
        dictionary.clear(mostRetained);
    }

    @Override
    void clearPage() {
        codedBytes = 0;
    }

    @Override
    void putStatistics(Statistics statistics) {
        if (any && least.length <= MAX_STATISTICS_BYTES && largest.length <= MAX_STATISTICS_BYTES) {
            statistics.setMin_value(least).setMax_value(largest);
        }
    }

    @Override
    void clearStatistics() {
        any = false;
        least = NONE;
        largest = NONE;
    }

    private void put(byte[] source, int offset, int length, Buffer out) {
        if (prefix > 0) {
            out.putInt(length);
        }
        out.write(source, offset, length);
    }

    private void observe(byte[] source, int offset, int length) {
        if (!any || compare(source, offset, length, least) < 0) {
            least = Arrays.copyOfRange(source, offset, offset + length);
        }
        if (!any || compare(source, offset, length, largest) > 0) {
            largest = Arrays.copyOfRange(source, offset, offset + length);
        }
        any = true;
    }

    private int compare(byte[] source, int offset, int length, byte[] other) {
        if (signed) {
            int difference = Integer.compare(source[offset], other[0]);
            if (difference != 0) {
                return difference;
            }
        }
        return Arrays.compareUnsigned(source, offset, offset + length, other, 0, other.length);
    }
}
