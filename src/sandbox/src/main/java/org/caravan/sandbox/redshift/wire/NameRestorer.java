package org.caravan.sandbox.redshift.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Puts names in full into messages for the client: names of columns, values, and the texts of errors and notices. */
public final class NameRestorer {
    private static final byte SIGN = '~';

    private NameRestorer() {}

    public static byte[] restore(char type, byte[] body, UnaryOperator<String> names) {
        if ("TDEN".indexOf(type) < 0 || !contains(body)) {
            return body;
        }
        return switch (type) {
            case 'T' -> description(body, names);
            case 'D' -> row(body, names);
            default -> {
                Map<Character, String> fields = SqlError.fields(body);
                fields.replaceAll((field, text) -> names.apply(text));
                yield SqlError.body(fields);
            }
        };
    }

    /** The parameters of a Bind, in which {@code names} replaces texts. */
    public static byte[] parameters(byte[] bind, UnaryOperator<String> names) {
        Message.Reader in = new Message.Reader(bind);
        Message.Writer out = new Message.Writer().string(in.string()).string(in.string());
        int formats = in.int16();
        out.int16(formats).bytes(in.bytes(2 * formats));
        int count = in.int16();
        out.int16(count);
        for (int i = 0; i < count; i++) {
            int length = in.int32();
            byte[] value = length < 0 ? new byte[0] : in.bytes(length);
            String text = new String(value, StandardCharsets.UTF_8);
            String replaced = names.apply(text);
            value = replaced.equals(text) ? value : replaced.getBytes(StandardCharsets.UTF_8);
            out.int32(length < 0 ? length : value.length).bytes(value);
        }
        return out.bytes(in.rest()).toBytes();
    }

    private static boolean contains(byte[] body) {
        for (byte b : body) {
            if (b == SIGN) {
                return true;
            }
        }
        return false;
    }

    private static byte[] description(byte[] body, UnaryOperator<String> names) {
        Message.Reader in = new Message.Reader(body);
        int count = in.int16();
        Message.Writer out = new Message.Writer().int16(count);
        for (int i = 0; i < count; i++) {
            out.string(names.apply(in.string())).bytes(in.bytes(18));
        }
        return out.toBytes();
    }

    private static byte[] row(byte[] body, UnaryOperator<String> names) {
        ByteBuffer in = ByteBuffer.wrap(body);
        int count = in.getShort();
        Message.Writer out = new Message.Writer().int16(count);
        for (int i = 0; i < count; i++) {
            int length = in.getInt();
            byte[] value = new byte[Math.max(0, length)];
            in.get(value);
            if (contains(value)) {
                String text = new String(value, StandardCharsets.UTF_8);
                String restored = names.apply(text);
                value = restored.equals(text) ? value : restored.getBytes(StandardCharsets.UTF_8);
            }
            out.int32(length < 0 ? length : value.length).bytes(value);
        }
        return out.toBytes();
    }
}
