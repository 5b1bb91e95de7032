package org.caravan.sandbox.redshift.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads and writes the bodies of messages of the PostgreSQL protocol, version 3 (a body is what follows the length). */
public final class Message {
    private Message() {}

    /** Builds a body from front to back. */
    public static final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

        public Writer int16(int value) {
            bytes.write(value >>> 8);
            bytes.write(value);
            return this;
        }

        public Writer int32(int value) {
            return int16(value >>> 16).int16(value);
        }

        public Writer byte1(int value) {
            bytes.write(value);
            return this;
        }

        Writer bytes(byte[] value) {
            bytes.writeBytes(value);
            return this;
        }

        /** Text as UTF-8 with a closing zero byte. */
        public Writer string(String value) {
            bytes.writeBytes(value.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
            return this;
        }

        public byte[] toBytes() {
            return bytes.toByteArray();
        }
    }

    /** Reads a body from front to back. */
    public static final class Reader {
        private final ByteBuffer bytes;

        public Reader(byte[] body) {
            bytes = ByteBuffer.wrap(body);
        }

        public int int16() {
            return bytes.getShort();
        }

        public int int32() {
            return bytes.getInt();
        }

        public char character() {
            return (char) (bytes.get() & 0xff);
        }

        public String string() {
            int start = bytes.position();
            while (bytes.get() != 0) {
                // up to the closing zero byte
            }
            return new String(bytes.array(), start, bytes.position() - 1 - start, StandardCharsets.UTF_8);
        }

        byte[] bytes(int length) {
            byte[] value = new byte[length];
            bytes.get(value);
            return value;
        }

        public byte[] rest() {
            return bytes(bytes.remaining());
        }

        boolean hasMore() {
            return bytes.hasRemaining();
        }
    }
}
