package org.caravan.format;

import java.util.Arrays;
import org.caravan.schema.LongVector;

/**
 * The distinct numbers of a column chunk, numbered in the order of their first appearance. Numbers that lie close together, as days,
 * quantities and keys do, are looked up in a window, by their distance from its start; others by open addressing, whose probes a
 * processor cannot foresee.
 */
final class LongDictionary {
    private static final int INITIAL_VALUES = 4;

    /** A window takes at least so many numbers, if it may be as large. */
    private static final int LEAST_WINDOW = 8192;

    /** A window may have so many numbers for each value that there is room for: it takes no more than twice the memory of the rest. */
    private static final int WINDOW_PER_VALUE = 4;

    private static final int[] NONE = {};

    private final int mostWindow;
    private long[] values = new long[INITIAL_VALUES];
    /** Index + 1 of the value in a slot; 0 is free. At most half are taken, and none by a value within the window. */
    private int[] slots = new int[2 * INITIAL_VALUES];

    /** Index + 1 of the numbers from {@link #base} on; 0 is free. */
    private int[] window = NONE;

    private long base;
    private int size;

    /**
     * @param mostWindow the most numbers of a window
     */
    LongDictionary(int mostWindow) {
        this.mostWindow = mostWindow;
    }

    int size() {
        return size;
    }

    long value(int index) {
        return values[index];
    }

    /** The indexes of values, which are added if they are new; they go to {@code indexes} from {@code position} on. */
    void index(LongVector vector, int from, int to, int[] indexes, int position) {
        int at = position - from;
        for (int row = from; row < to; row++) {
            indexes[at + row] = index(vector.get(row));
        }
    }

    /** The index of a value, which is added if it is new. */
    int index(long value) {
        long place = value - base;
        // Without a sign: one comparison for both ends. It holds where the subtraction overflows too.
        if (Long.compareUnsigned(place, window.length) < 0) {
            int taken = window[(int) place];
            return taken != 0 ? taken - 1 : add(value);
        }
        int slot = slot(value);
        return slots[slot] != 0 ? slots[slot] - 1 : add(value);
    }

    /** The memory taken, in bytes. */
    long heldBytes() {
        return size == 0
                ? 0
                : (long) values.length * Long.BYTES + ((long) slots.length + window.length) * Integer.BYTES;
    }

    /** Forgets all values, and their memory too if it is more than a limit. */
    void clear(int mostRetained) {
        if (heldBytes() > mostRetained) {
            values = new long[INITIAL_VALUES];
            slots = new int[2 * INITIAL_VALUES];
            window = NONE;
        } else if (size > 0) {
            Arrays.fill(slots, 0);
            Arrays.fill(window, 0);
        }
        size = 0;
    }

    private int add(long value) {
        if (size == values.length) {
            grow();
        }
        values[size] = value;
        take(value, ++size);
        return size - 1;
    }

    private void grow() {
        values = Arrays.copyOf(values, values.length * 2);
        slots = new int[slots.length * 2];
        placeWindow();
        for (int i = 0; i < size; i++) {
            take(values[i], i + 1);
        }
    }

    /** A window around all values, if they lie close enough. */
    private void placeWindow() {
        long least = values[0];
        long largest = values[0];
        for (int i = 1; i < size; i++) {
            least = Math.min(least, values[i]);
            largest = Math.max(largest, values[i]);
        }
        int length = Math.min(mostWindow, Math.max(LEAST_WINDOW, WINDOW_PER_VALUE * values.length));
        long spare = length - 1 - (largest - least);
        boolean close = Long.compareUnsigned(largest - least, length) < 0;
        window = close ? new int[length] : NONE;
        base = close ? least - spare / 2 : 0;
    }

    private void take(long value, int number) {
        long place = value - base;
        if (Long.compareUnsigned(place, window.length) < 0) {
            window[(int) place] = number;
        } else {
            slots[slot(value)] = number;
        }
    }

    /** The slot of a value, or a free one. */
    private int slot(long value) {
        int mask = slots.length - 1;
        int slot = hash(value) & mask;
        int taken;
        while ((taken = slots[slot]) != 0 && values[taken - 1] != value) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int hash(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32 ^ mixed >>> 47);
    }
}
