package org.caravan.format;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing, reusable array of bytes; numbers are put little endian, as Parquet's PLAIN encoding has them. */
final class Buffer extends OutputStream {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int INITIAL_BYTES = 64;
    private static final int MOST_FEW = 48;

    private byte[] data = new byte[INITIAL_BYTES];
    private int size;

    /** The bytes, of which the first {@link #size} count; valid until the next put. */
    byte[] data() {
        return data;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Forgets the bytes, and their memory too if it is more than a limit. */
    void release(int mostRetained) {
        size = 0;
        if (data.length > Math.max(mostRetained, INITIAL_BYTES)) {
            data = new byte[INITIAL_BYTES];
        }
    }

    /** Makes room for so many bytes more. */
    void reserve(int bytes) {
        int needed = Math.addExact(size, bytes);
        if (needed > data.length) {
            data = Arrays.copyOf(data, (int) Math.max(needed, Math.min(data.length * 2L, Integer.MAX_VALUE - 8L)));
        }
    }

    /** Takes over bytes that were put into {@link #data} directly. */
    void advance(int bytes) {
        size += bytes;
    }

    /** Says where the bytes end, after some were put into {@link #data} directly. */
    void endAt(int end) {
        size = end;
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        INT.set(data, size, value);
        size += Integer.BYTES;
    }

    void setInt(int position, int value) {
        INT.set(data, position, value);
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        LONG.set(data, size, value);
        size += Long.BYTES;
    }

    /** Puts an unsigned LEB128 number. */
    void putVarInt(int value) {
        reserve(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            data[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        data[size++] = (byte) rest;
    }

    /** Puts a signed number as Avro has them: zigzag, then LEB128. */
    void putZigZag(long value) {
        reserve(10);
        long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
        while ((rest & ~0x7FL) != 0) {
            data[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        data[size++] = (byte) rest;
    }

    /** Forgets the first bytes; the others move to the front. */
    void removeFirst(int bytes) {
        System.arraycopy(data, bytes, data, 0, size - bytes);
        size -= bytes;
    }

    /** Puts the first bytes of an array that is as long as the words that hold them. */
    void putWords(byte[] words, int length) {
        reserve(words.length);
        for (int i = 0; i < length; i += Long.BYTES) {
            Words.put(data, size + i, Words.get(words, i));
        }
        size += length;
    }

    /** Puts bytes that are few as a rule: a call of the JVM's copying costs as much as some words. */
    void putFew(byte[] source, int offset, int length) {
        int whole = (length + Long.BYTES - 1) & -Long.BYTES;
        if (length > MOST_FEW || offset + whole > source.length) {
            write(source, offset, length);
            return;
        }
        reserve(whole);
        for (int i = 0; i < length; i += Long.BYTES) {
            Words.put(data, size + i, Words.get(source, offset + i));
        }
        size += length;
    }

    void put(Buffer other) {
        write(other.data, 0, other.size);
    }

    byte[] toArray() {
        return Arrays.copyOf(data, size);
    }

    @Override
    public void write(int value) {
        reserve(1);
        data[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, data, size, length);
        size += length;
    }
}
