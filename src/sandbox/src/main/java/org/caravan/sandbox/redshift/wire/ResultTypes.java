package org.caravan.sandbox.redshift.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Shows PostgreSQL's jsonb, bytea and text as Redshift's SUPER, VARBYTE and VARCHAR: in the description of a result by their type
 * numbers (redshift-jdbc42 2.3.0 refuses a number it does not know), and in rows by their text: JSON without blanks, hexadecimal digits
 * without {@code \x}.
 *
 * <p>One instance belongs to one statement, because a driver may ask for the description once and for rows many times.
 */
public final class ResultTypes {
    private static final int JSONB = 3802;
    private static final int BYTEA = 17;
    private static final int TEXT = 25;
    private static final int SUPER = 4000;
    private static final int VARBYTE = 6551;
    private static final int VARCHAR = 1043;
    private static final int NUMERIC = 1700;

    /** The type of every column as PostgreSQL names it. */
    private int[] types = new int[0];

    /** The type modifier of every column as the statement was analysed; empty if nobody asked. */
    private int[] analysed = new int[0];

    private boolean asTheyAre = true;

    public static ResultTypes untouched() {
        return new ResultTypes();
    }

    /** The PostgreSQL type number for a parameter that the client declares. */
    public static int fromClient(int oid) {
        return oid == SUPER ? JSONB : oid == VARBYTE ? BYTEA : oid;
    }

    private static int toClient(int oid) {
        return switch (oid) {
            case JSONB -> SUPER;
            case BYTEA -> VARBYTE;
            case TEXT -> VARCHAR;
            default -> oid;
        };
    }

    /**
     * Learns precision and scale of decimals from the description of the statement: once PostgreSQL has planned it, the casts that
     * tell them are inlined, and the description of the portal has forgotten them.
     */
    public void learn(char type, byte[] body) {
        if (type != 'T') {
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(body);
        int[] found = new int[buffer.getShort()];
        for (int i = 0; i < found.length; i++) {
            while (buffer.get() != 0) {
                // the column's name
            }
            found[i] = buffer.getInt(buffer.position() + 12);
            buffer.position(buffer.position() + 18);
        }
        analysed = found;
    }

    byte[] translate(char type, byte[] body) {
        if (type == 'D') {
            return asTheyAre ? body : row(body);
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
        int[] found = new int[count];
        asTheyAre = true;
        for (int i = 0; i < count; i++) {
            while (buffer.get() != 0) {
                // the column's name
            }
            buffer.position(buffer.position() + 6);
            int at = buffer.position();
            found[i] = buffer.getInt();
            buffer.putInt(at, toClient(found[i]));
            asTheyAre &= found[i] != JSONB && found[i] != BYTEA;
            int modifier = buffer.position() + 2;
            if (found[i] == NUMERIC && buffer.getInt(modifier) == -1 && i < analysed.length) {
                buffer.putInt(modifier, analysed[i]);
            }
            buffer.position(buffer.position() + 8);
        }
        types = found;
        return body;
    }

    private byte[] row(byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        int count = buffer.getShort();
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
        out.write(body, 0, 2);
        for (int i = 0; i < count; i++) {
            int length = buffer.getInt();
            int at = buffer.position();
            int type = length > 0 && i < types.length ? types[i] : 0;
            if (type == JSONB) {
                write(out, JsonText.withoutBlanks(body, at, length));
            } else if (type == BYTEA && isHexText(body, at, length)) {
                write(out, Arrays.copyOfRange(body, at + 2, at + length));
            } else {
                out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
                out.write(body, at, Math.max(0, length));
            }
            buffer.position(at + Math.max(0, length));
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, byte[] value) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
        out.writeBytes(value);
    }

    /** Text bytea values start with {@code \x}; a binary value that does is passed on unchanged only if it is not hexadecimal. */
    private static boolean isHexText(byte[] body, int at, int length) {
        if (length < 2 || length % 2 != 0 || body[at] != '\\' || body[at + 1] != 'x') {
            return false;
        }
        String digits = new String(body, at + 2, length - 2, StandardCharsets.ISO_8859_1);
        return digits.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }
}
