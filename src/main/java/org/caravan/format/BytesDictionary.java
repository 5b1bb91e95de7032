package org.caravan.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The distinct byte strings of a column chunk, numbered in the order of their first appearance; open addressing. */
final class BytesDictionary {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int INITIAL_SLOTS = 64;

    private final Buffer bytes = new Buffer();
    private int[] ends = new int[INITIAL_SLOTS / 2];
    /** Of each value the first eight bytes, or all and zeros: with the length that is the whole of a short one. */
    private long[] keys = new long[INITIAL_SLOTS / 2];
    /** Index + 1 of the value in a slot; 0 is free. At most half are taken. */
    private int[] slots = new int[INITIAL_SLOTS];

    private int size;

    int size() {
        return size;
    }

    /** The bytes of all values, one after the other. */
    byte[] data() {
        return bytes.data();
    }

    int dataSize() {
        return bytes.size();
    }

    int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    int length(int index) {
        return ends[index] - start(index);
    }

    /** The index of a value, which is copied and added if it is new. */
    int index(byte[] source, int offset, int length) {
        long key = key(source, offset, length);
        int hash = hash(key, source, offset, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        int taken;
        while ((taken = slots[slot]) != 0) {
            int index = taken - 1;
            if (keys[index] == key && isSame(index, source, offset, length)) {
                return index;
            }
            slot = (slot + 1) & mask;
        }
        if (size == ends.length) {
            grow();
            slot = free(hash, slots.length - 1);
        }
        bytes.write(source, offset, length);
        ends[size] = bytes.size();
        keys[size] = key;
        slots[slot] = ++size;
        return size - 1;
    }

    /** The memory taken, in bytes. */
    long heldBytes() {
        return size == 0
                ? 0
                : bytes.size() + (long) keys.length * Long.BYTES + ((long) ends.length + slots.length) * Integer.BYTES;
    }

    /** Forgets all values, and their memory too if it is more than a limit. */
    void clear(int mostRetained) {
        if (heldBytes() > mostRetained) {
            ends = new int[INITIAL_SLOTS / 2];
            keys = new long[INITIAL_SLOTS / 2];
            slots = new int[INITIAL_SLOTS];
        } else if (size > 0) {
            Arrays.fill(slots, 0);
        }
        bytes.release(mostRetained);
        size = 0;
    }

    private void grow() {
        ends = Arrays.copyOf(ends, ends.length * 2);
        keys = Arrays.copyOf(keys, keys.length * 2);
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int i = 0; i < size; i++) {
            slots[free(hash(keys[i], bytes.data(), start(i), length(i)), mask)] = i + 1;
        }
    }

    private int free(int hash, int mask) {
        int slot = hash & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean isSame(int index, byte[] source, int offset, int length) {
        int start = start(index);
        int end = ends[index];
        return end - start == length
                && (length <= Long.BYTES
                        || Arrays.equals(
                                bytes.data(), start + Long.BYTES, end, source, offset + Long.BYTES, offset + length));
    }

    private static long key(byte[] source, int offset, int length) {
        if (length >= Long.BYTES) {
            return (long) LONG.get(source, offset);
        }
        if (offset + Long.BYTES <= source.length) {
            // What is beyond the value is masked; a shift by 64 would be none.
            return length == 0 ? 0 : (long) LONG.get(source, offset) & -1L >>> (Long.SIZE - Byte.SIZE * length);
        }
        long key = 0;
        for (int i = 0; i < length; i++) {
            key |= (source[offset + i] & 0xFFL) << (Byte.SIZE * i);
        }
        return key;
    }

    private static int hash(long key, byte[] source, int offset, int length) {
        long hash = mix(key ^ length);
        if (length <= Long.BYTES) {
            return (int) hash;
        }
        int last = offset + length - Long.BYTES;
        for (int position = offset + Long.BYTES; position < last; position += Long.BYTES) {
            hash = mix(hash ^ (long) LONG.get(source, position));
        }
        // The last eight bytes, some of them again: cheaper than one by one.
        return (int) mix(hash ^ (long) LONG.get(source, last));
    }

    private static long mix(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 32;
    }
}
