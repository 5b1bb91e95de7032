package org.caravan.schema;

import java.util.Optional;

/** Writes text into a vector as UTF-8, and refuses what no target can hold unchanged. Reused by one reader; not thread-safe. */
public final class Utf8 {
    private static final int BYTES_PER_CHAR = 3;

    private byte[] buffer = new byte[256];

    /** Appends a text; gives what is wrong with it if it cannot be carried unchanged. */
    public Optional<String> append(String text, BytesVector vector, int row, ColumnType.Text type) {
        int chars = text.length();
        if (buffer.length < chars * BYTES_PER_CHAR) {
            buffer = new byte[Math.multiplyExact(chars, BYTES_PER_CHAR)];
        }
        byte[] out = buffer;
        int size = 0;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (c == 0) {
                    return Optional.of("holds a NUL character, which Redshift text cannot hold");
                }
                out[size++] = (byte) c;
            } else if (c < 0x800) {
                out[size++] = (byte) (0xC0 | (c >> 6));
                out[size++] = continuation(c);
            } else if (!Character.isSurrogate(c)) {
                out[size++] = (byte) (0xE0 | (c >> 12));
                out[size++] = continuation(c >> 6);
                out[size++] = continuation(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < chars && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                out[size++] = (byte) (0xF0 | (point >> 18));
                out[size++] = continuation(point >> 12);
                out[size++] = continuation(point >> 6);
                out[size++] = continuation(point);
            } else {
                return Optional.of("holds half a surrogate pair at character " + (i + 1) + ", which is not valid text");
            }
        }
        if (size > type.maxBytes()) {
            return Optional.of("has " + size + " bytes in UTF-8, more than the " + type.maxBytes() + " of its column");
        }
        vector.append(row, out, 0, size);
        return Optional.empty();
    }

    /** The longest beginning of a text that has at most so many bytes and cuts no character in two; the text itself if it fits. */
    public static String fitting(String text, int maxBytes) {
        int size = 0;
        int i = 0;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            size += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (size > maxBytes) {
                return text.substring(0, i);
            }
            i += Character.charCount(point);
        }
        return text;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }
}
