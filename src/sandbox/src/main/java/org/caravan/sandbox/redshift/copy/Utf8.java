package org.caravan.sandbox.redshift.copy;

import java.util.HexFormat;

/**
 * The UTF-8 that COPY takes, and the numbers of what it does not:
 * https://docs.aws.amazon.com/redshift/latest/dg/multi-byte-character-load-errors.html.
 */
final class Utf8 {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private Utf8() {}

    /** Where the first byte that is not ASCII stands, or the end; NUL counts as none. */
    static int asciiEnd(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] > 0) {
            at++;
        }
        return at;
    }

    /** The bytes of the character at this place if it is valid; if not, minus the number of its bytes. */
    static int length(byte[] text, int at, int to) {
        int first = text[at] & 0xff;
        if (first == 0) {
            return -1;
        }
        if (first < 0x80) {
            return 1;
        }
        int expected = first >= 0xf0 && first <= 0xf4
                ? 4
                : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 && first < 0xe0 ? 2 : 0;
        if (expected == 0) {
            return -1;
        }
        int found = 1;
        while (found < expected && at + found < to && (text[at + found] & 0xc0) == 0x80) {
            found++;
        }
        if (found < expected) {
            return -found;
        }
        int second = text[at + 1] & 0xff;
        boolean outside = first == 0xe0 && second < 0xa0
                || first == 0xed && second > 0x9f
                || first == 0xf0 && second < 0x90
                || first == 0xf4 && second > 0x8f;
        return outside ? -expected : expected;
    }

    /** Fails at the first byte that is no valid UTF-8. */
    static void check(byte[] text, int from, int to) throws BadValue {
        int at = asciiEnd(text, from, to);
        while (at < to) {
            int length = length(text, at, to);
            if (length < 0) {
                throw invalid(text, at, to);
            }
            at += length;
        }
    }

    static BadValue invalid(byte[] text, int at, int to) {
        int length = Math.max(1, Math.abs(length(text, at, to)));
        return new BadValue(
                BadValue.UTF8,
                "String contains invalid or unsupported UTF-8 codepoints. Bad UTF-8 hex sequence: "
                        + hex(text, at, length) + " (error " + reason(text, at, length, to) + ")");
    }

    static String hex(byte[] text, int at, int length) {
        return HEX.formatHex(text, at, at + length);
    }

    private static int reason(byte[] text, int at, int length, int to) {
        int first = text[at] & 0xff;
        if (first >= 0xf8 && first < 0xfe) {
            return 1;
        }
        if (first < 0xc2 || first >= 0xfe) {
            return 3;
        }
        if (first == 0xed && length == 3) {
            return 5;
        }
        if (first == 0xf4 && length == 4 || first > 0xf4) {
            return 6;
        }
        return at + length >= to ? 2 : 4;
    }
}
