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
    private int[] hashes = new int[INITIAL_SLOTS / 2];
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
        int hash = hash(source, offset, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        int taken;
        while ((taken = slots[slot]) != 0) {
            int index = taken - 1;
            int start = start(index);
            if (hashes[index] == hash
                    && Arrays.equals(bytes.data(), start, ends[index], source, offset, offset + length)) {
                return index;
            }
            slot = (slot + 1) & mask;
        }
        if (size == ends.length) {
            grow();
            mask = slots.length - 1;
            slot = free(hash, mask);
        }
        bytes.write(source, offset, length);
        ends[size] = bytes.size();
        hashes[size] = hash;
        slots[slot] = ++size;
        return size - 1;
    }

    /** The memory taken, in bytes. */
    long heldBytes() {
        return size == 0 ? 0 : bytes.size() + (ends.length * 2L + slots.length) * Integer.BYTES;
    }

    /** Forgets all values, and their memory too if it is more than a limit. */
    void clear(int mostRetained) {
        if (heldBytes() > mostRetained) {
            ends = new int[INITIAL_SLOTS / 2];
            hashes = new int[INITIAL_SLOTS / 2];
            slots = new int[INITIAL_SLOTS];
        } else if (size > 0) {
            Arrays.fill(slots, 0);
        }
        bytes.release(mostRetained);
        size = 0;
    }

    private void grow() {
        ends = Arrays.copyOf(ends, ends.length * 2);
        hashes = Arrays.copyOf(hashes, hashes.length * 2);
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int i = 0; i < size; i++) {
            slots[free(hashes[i], mask)] = i + 1;
        }
    }

    private int free(int hash, int mask) {
        int slot = hash & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int hash(byte[] source, int offset, int length) {
        long hash = length;
        int position = offset;
        int end = offset + length;
        for (; position <= end - Long.BYTES; position += Long.BYTES) {
            hash = mix(hash ^ (long) LONG.get(source, position));
        }
        if (length >= Long.BYTES) {
            // The last eight bytes again, in part: cheaper than one by one.
            return (int) mix(hash ^ (long) LONG.get(source, end - Long.BYTES));
        }
        long tail = 0;
        for (; position < end; position++) {
            tail = tail << Byte.SIZE | (source[position] & 0xFF);
        }
        return (int) mix(hash ^ tail);
    }

    private static long mix(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 32;
    }
}
