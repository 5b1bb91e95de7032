package org.caravan.sandbox.redshift.copy;

import java.util.Arrays;

/** The fields of one row, as ranges of bytes; reused from row to row. */
final class Fields {
    /** Where each field's bytes are; null for a field that is NULL. */
    byte[][] source;

    int[] from;
    int[] to;
    /** Where each field begins in the raw line, from 0. */
    int[] position;

    int count;
    /** The row as it stands in the file. */
    byte[] raw = new byte[0];

    int rawFrom;
    int rawTo;
    /** From 1. */
    long line;

    /** Whether a field is quoted or escaped. */
    boolean mayHoldNewlines;

    private byte[] scratch = new byte[1024];
    private int scratchSize;

    Fields(int size) {
        source = new byte[size][];
        from = new int[size];
        to = new int[size];
        position = new int[size];
    }

    void clear() {
        count = 0;
        scratchSize = 0;
        mayHoldNewlines = false;
        Arrays.fill(source, null);
    }

    void add(byte[] bytes, int begin, int end, int at) {
        if (count < source.length) {
            source[count] = bytes;
            from[count] = begin;
            to[count] = end;
            position[count] = at;
        }
        count++;
    }

    /** Sets a field by its number, whatever the count. */
    void set(int index, byte[] bytes, int length) {
        source[index] = bytes;
        from[index] = 0;
        to[index] = length;
        position[index] = 0;
    }

    /** Makes room for an unescaped field of at most this many bytes, and returns where it begins in {@link #scratch()}. */
    int reserve(int bytes) {
        if (scratchSize + bytes > scratch.length) {
            // Fields that were unescaped before go on pointing to the old array.
            scratch = new byte[Math.max(scratch.length * 2, bytes)];
            scratchSize = 0;
        }
        return scratchSize;
    }

    byte[] scratch() {
        return scratch;
    }

    void reserved(int end) {
        scratchSize = end;
    }
}
