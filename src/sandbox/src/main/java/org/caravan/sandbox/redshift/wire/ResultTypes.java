package org.caravan.sandbox.redshift.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Shows PostgreSQL's jsonb and bytea as Redshift's SUPER and VARBYTE: in the description of a result by their type numbers
 * (redshift-jdbc42 2.3.0 refuses a number it does not know), and in rows by their text, hexadecimal digits without {@code \x}.
 *
 * <p>One instance belongs to one statement, because a driver may ask for the description once and for rows many times.
 */
public final class ResultTypes {
    private static final int JSONB = 3802;
    private static final int BYTEA = 17;
    private static final int SUPER = 4000;
    private static final int VARBYTE = 6551;

    private boolean[] varbytes = new boolean[0];
    private boolean anyVarbyte;

    public static ResultTypes untouched() {
        return new ResultTypes();
    }

    /** The PostgreSQL type number for a parameter that the client declares. */
    public static int fromClient(int oid) {
        return oid == SUPER ? JSONB : oid == VARBYTE ? BYTEA : oid;
    }

    private static int toClient(int oid) {
        return oid == JSONB ? SUPER : oid == BYTEA ? VARBYTE : oid;
    }

    byte[] translate(char type, byte[] body) {
        if (type == 'D') {
            return anyVarbyte ? row(body) : body;
        }
        if (type == 'T') {
            return description(body);
        }
        return type == 't' ? parameters(body) : body;
    }

    /** The driver declares bytes as bytea itself and does not let the server change its mind; SUPER it takes as text. */
    private static byte[] parameters(byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        int count = buffer.getShort();
        for (int i = 0; i < count; i++) {
            int at = buffer.position();
            int oid = buffer.getInt();
            buffer.putInt(at, oid == JSONB ? SUPER : oid);
        }
        return body;
    }

    private byte[] description(byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        int count = buffer.getShort();
        boolean[] found = new boolean[count];
        anyVarbyte = false;
        for (int i = 0; i < count; i++) {
            while (buffer.get() != 0) {
                // the column's name
            }
            buffer.position(buffer.position() + 6);
            int at = buffer.position();
            int oid = buffer.getInt();
            buffer.putInt(at, toClient(oid));
            found[i] = oid == BYTEA;
            anyVarbyte |= found[i];
            buffer.position(buffer.position() + 8);
        }
        varbytes = found;
        return body;
    }

    /** Text bytea values start with {@code \x}; a binary value that does is passed on unchanged only if it is not hexadecimal. */
    private byte[] row(byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        int count = buffer.getShort();
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
        out.write(body, 0, 2);
        for (int i = 0; i < count; i++) {
            int length = buffer.getInt();
            int skip = i < varbytes.length && varbytes[i] && isHexText(body, buffer.position(), length) ? 2 : 0;
            out.writeBytes(ByteBuffer.allocate(4)
                    .putInt(length < 0 ? length : length - skip)
                    .array());
            if (length > 0) {
                out.write(body, buffer.position() + skip, length - skip);
                buffer.position(buffer.position() + length);
            }
        }
        return out.toByteArray();
    }

    private static boolean isHexText(byte[] body, int at, int length) {
        if (length < 2 || length % 2 != 0 || body[at] != '\\' || body[at + 1] != 'x') {
            return false;
        }
        String digits = new String(body, at + 2, length - 2, StandardCharsets.ISO_8859_1);
        return digits.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }
}
