package org.caravan.format;

import org.apache.parquet.format.Statistics;

/** Booleans, eight to a byte from the lowest bit on, as PLAIN has them; a dictionary would save nothing. */
final class BooleanValues extends Values {
    private boolean anyFalse;
    private boolean anyTrue;

    BooleanValues() {
        super(0);
    }

    /** Appends 0 or 1. */
    void add(long value) {
        int bit = count++ & 7;
        if (bit == 0) {
            plain.write(0);
        }
        plain.data()[plain.size() - 1] |= (byte) (value << bit);
        anyTrue |= value != 0;
        anyFalse |= value == 0;
    }

    @Override
    long plainBytes() {
        return plain.size();
    }

    @Override
    int dictionarySize() {
        return 0;
    }

    @Override
    int dictionaryBytes() {
        return 0;
    }

    @Override
    long dictionaryHeldBytes() {
        return 0;
    }

    @Override
    void putDictionary(Buffer out) {
        throw new UnsupportedOperationException();
    }

    @Override
    void putPlain(int index) {
        throw new UnsupportedOperationException();
    }

    @Override
    void observeDictionary() {}

    @Override
    void clearDictionary(int mostRetained) {}

    @Override
    void clearPage() {}

    @Override
    void putStatistics(Statistics statistics) {
        if (anyFalse || anyTrue) {
            statistics
                    .setMin_value(new byte[] {(byte) (anyFalse ? 0 : 1)})
                    .setMax_value(new byte[] {(byte) (anyTrue ? 1 : 0)});
        }
    }

    @Override
    void clearStatistics() {
        anyFalse = false;
        anyTrue = false;
    }
}
