package org.caravan.sandbox.redshift.copy;

import java.nio.charset.StandardCharsets;

/** SMALLINT, INTEGER and BIGINT; blanks around the digits do not count. */
record IntegerField(int bytes, String type) implements FieldValue {
    @Override
    public void write(byte[] text, int from, int to, RowBuffer out) throws BadValue {
        int at = from;
        int end = to;
        while (at < end && text[at] == ' ') {
            at++;
        }
        while (end > at && text[end - 1] == ' ') {
            end--;
        }
        boolean negative = text[at] == '-';
        if (negative || text[at] == '+') {
            at++;
            if (at == end) {
                throw invalidDigit(text, from, at - 1, to, type);
            }
        }
        // Negative numbers reach one further.
        long value = 0;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                throw invalidDigit(text, from, at, to, type);
            }
            if (value < (Long.MIN_VALUE + digit) / 10) {
                throw overflow();
            }
            value = value * 10 - digit;
        }
        if (!negative && value == Long.MIN_VALUE) {
            throw overflow();
        }
        write(negative ? value : -value, out);
    }

    private void write(long value, RowBuffer out) throws BadValue {
        switch (bytes) {
            case 2 -> {
                if (value != (short) value) {
                    throw overflow();
                }
                out.int32(2);
                out.int16((int) value);
            }
            case 4 -> {
                if (value != (int) value) {
                    throw overflow();
                }
                out.int32(4);
                out.int32((int) value);
            }
            default -> {
                out.int32(8);
                out.int64(value);
            }
        }
    }

    private BadValue overflow() {
        return new BadValue(BadValue.INTEGER_OVERFLOW, "Overflow, Value out of range for Type: " + type);
    }

    /** The words of field reports, e.g. https://github.com/bluelabsio/records-mover/pull/45. */
    static BadValue invalidDigit(byte[] text, int from, int at, int to, String type) {
        String shown = at < to ? new String(text, at, 1, StandardCharsets.ISO_8859_1) : "";
        return new BadValue(
                BadValue.DIGIT, "Invalid digit, Value '" + shown + "', Pos " + (at - from) + ", Type: " + type);
    }
}
