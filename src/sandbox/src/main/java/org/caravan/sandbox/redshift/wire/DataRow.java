package org.caravan.sandbox.redshift.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The values of one row as PostgreSQL sends them. One instance is laid over many rows; it is valid until the next. */
public final class DataRow {
    private byte[] body = new byte[0];
    private int[] starts = new int[0];
    private int[] lengths = new int[0];

    DataRow over(byte[] message) {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        int count = buffer.getShort();
        if (starts.length != count) {
            starts = new int[count];
            lengths = new int[count];
        }
        body = message;
        for (int i = 0; i < count; i++) {
            lengths[i] = buffer.getInt();
            starts[i] = buffer.position();
            buffer.position(starts[i] + Math.max(0, lengths[i]));
        }
        return this;
    }

    public boolean isNull(int column) {
        return lengths[column] < 0;
    }

    public int length(int column) {
        return lengths[column];
    }

    public byte at(int column, int index) {
        return body[starts[column] + index];
    }

    /** The value's own bytes, in place. */
    public ByteBuffer buffer(int column) {
        return ByteBuffer.wrap(body, starts[column], lengths[column]);
    }

    public String text(int column) {
        return new String(body, starts[column], lengths[column], StandardCharsets.UTF_8);
    }

    public void writeTo(ByteArrayOutputStream out, int column) {
        out.write(body, starts[column], lengths[column]);
    }
}
