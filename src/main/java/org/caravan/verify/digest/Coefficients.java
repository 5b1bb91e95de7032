package org.caravan.verify.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The coefficients of one column in one of the two sets: 1 + (the first 15 hexadecimal digits of the MD5 of
 * {@code caravan-digest-1/SET/COLUMN/SLOT}) mod (p − 1), so between 1 and p − 1. Immutable.
 */
final class Coefficients {
    /** Slots of the chunks of a whole part, the lowest first. */
    static final int WHOLE = 0;

    /** Slots of the chunks of a fraction, the one after the decimal point first. */
    static final int FRACTION = 5;

    /** The slot of a floating-point number's exponent. */
    static final int EXPONENT = 3;

    /** The coefficient in this slot is added to every value's form, so that no value gives zero and none mirrors another. */
    static final int OFFSET = 15;

    /** What NULL has in slot 0: no chunk of nine digits, of either sign, has this residue. */
    static final long NULL = (Field.P - 1) / 2;

    private static final int SLOTS = 16;

    private final long[] bySlot = new long[SLOTS];

    private Coefficients(String set, int column) {
        for (int slot = 0; slot < SLOTS; slot++) {
            String text = "caravan-digest-1/" + set + "/" + column + "/" + slot;
            byte[] hash = Md5.hash(text.getBytes(StandardCharsets.US_ASCII));
            long digits = ByteBuffer.wrap(hash).getLong() >>> 4;
            bySlot[slot] = 1 + digits % (Field.P - 1);
        }
    }

    static Coefficients a(int column) {
        return new Coefficients("A", column);
    }

    static Coefficients b(int column) {
        return new Coefficients("B", column);
    }

    long of(int slot) {
        return bySlot[slot];
    }

    long offset() {
        return bySlot[OFFSET];
    }

    /** The form of a value that has one residue, in the given slot. */
    long form(int slot, long residue) {
        return Field.reduce(offset() + Field.multiply(bySlot[slot], residue));
    }

    long formOfNull() {
        return form(WHOLE, NULL);
    }
}
