package org.caravan.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes eight at a time, as little-endian numbers: the first byte is the lowest. Stateless. */
final class Words {
    static final long HIGH_BITS = 0x8080808080808080L;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;

    private Words() {}

    /** Shorter texts are looked at as quickly byte by byte, in a table. */
    static final int LEAST_BYTES = 32;

    static long get(byte[] data, int at) {
        return (long) LONG.get(data, at);
    }

    static void put(byte[] data, int at, long word) {
        LONG.set(data, at, word);
    }

    static void putShort(byte[] data, int at, short value) {
        SHORT.set(data, at, value);
    }

    /** A word of eight times the same byte. */
    static long each(int value) {
        return (value & 0xFF) * ONES;
    }

    /** Not zero, in {@link #HIGH_BITS}, if and only if one of the bytes is zero; the lowest bit that is set is that of the first one. */
    static long zeros(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }

    /** The same for bytes below a blank. */
    static long controls(long word) {
        return (word - ' ' * ONES) & ~word & HIGH_BITS;
    }
}
