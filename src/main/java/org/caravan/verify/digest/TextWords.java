package org.caravan.verify.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes eight at a time, as little-endian numbers. Stateless. */
final class TextWords {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private TextWords() {}

    static long word(byte[] data, int at) {
        return (long) LONG.get(data, at);
    }

    /** Fewer than eight bytes, with zeros after them; reads on in the array where that is quicker. */
    static long tail(byte[] data, int at, int length) {
        if (length == 0) {
            return 0;
        }
        if (at + Long.BYTES <= data.length) {
            return word(data, at) & (-1L >>> (Long.SIZE - Byte.SIZE * length));
        }
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = (word << Byte.SIZE) | (data[at + i] & 0xffL);
        }
        return word;
    }
}
