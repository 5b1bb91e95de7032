package org.caravan.format;

import java.util.Arrays;

/** The distinct numbers of a column chunk, numbered in the order of their first appearance; open addressing. */
final class LongDictionary {
    private static final int INITIAL_SLOTS = 64;

    private long[] values = new long[INITIAL_SLOTS / 2];
    /** Index + 1 of the value in a slot; 0 is free. At most half are taken. */
    private int[] slots = new int[INITIAL_SLOTS];

    private int size;

    int size() {
        return size;
    }

    long value(int index) {
        return values[index];
    }

    /** The index of a value, which is added if it is new. */
    int index(long value) {
        int mask = slots.length - 1;
        int slot = hash(value) & mask;
        int taken;
        while ((taken = slots[slot]) != 0) {
            if (values[taken - 1] == value) {
                return taken - 1;
            }
            slot = (slot + 1) & mask;
        }
        return add(value, slot);
    }

    /** The memory taken, in bytes. */
    long heldBytes() {
        return size == 0 ? 0 : (long) values.length * Long.BYTES + (long) slots.length * Integer.BYTES;
    }

    /** Forgets all values, and their memory too if it is more than a limit. */
    void clear(int mostRetained) {
        if (heldBytes() > mostRetained) {
            values = new long[INITIAL_SLOTS / 2];
            slots = new int[INITIAL_SLOTS];
        } else if (size > 0) {
            Arrays.fill(slots, 0);
        }
        size = 0;
    }

    private int add(long value, int slot) {
        if (size == values.length) {
            grow();
            return index(value);
        }
        values[size] = value;
        slots[slot] = ++size;
        return size - 1;
    }

    private void grow() {
        values = Arrays.copyOf(values, values.length * 2);
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int i = 0; i < size; i++) {
            int slot = hash(values[i]) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i + 1;
        }
    }

    private static int hash(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32 ^ mixed >>> 47);
    }
}
