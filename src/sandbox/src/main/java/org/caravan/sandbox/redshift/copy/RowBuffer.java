package org.caravan.sandbox.redshift.copy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Rows in PostgreSQL's binary COPY format (https://www.postgresql.org/docs/17/sql-copy.html, Binary Format). */
final class RowBuffer {
    private byte[] bytes = new byte[1 << 17];
    private int size;

    void header() {
        raw("PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1), 0, 11);
        int32(0);
        int32(0);
    }

    void trailer() {
        int16(-1);
    }

    void int16(int value) {
        ensure(2);
        bytes[size++] = (byte) (value >>> 8);
        bytes[size++] = (byte) value;
    }

    void int32(int value) {
        ensure(4);
        bytes[size++] = (byte) (value >>> 24);
        bytes[size++] = (byte) (value >>> 16);
        bytes[size++] = (byte) (value >>> 8);
        bytes[size++] = (byte) value;
    }

    void int64(long value) {
        int32((int) (value >>> 32));
        int32((int) value);
    }

    void int8(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void nullValue() {
        int32(-1);
    }

    /** A value of this many bytes. */
    void bytes(ByteBuffer value) {
        int length = value.remaining();
        int32(length);
        ensure(length);
        value.get(bytes, size, length);
        size += length;
    }

    /** A value of this many bytes. */
    void bytes(byte[] value, int from, int length) {
        int32(length);
        raw(value, from, length);
    }

    /** A piece of a value whose length is written already. */
    void raw(byte[] value, int from, int length) {
        ensure(length);
        System.arraycopy(value, from, bytes, size, length);
        size += length;
    }

    /** Takes back what was written since the buffer had this size. */
    void truncate(int earlierSize) {
        size = earlierSize;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    void clear() {
        size = 0;
    }
}
