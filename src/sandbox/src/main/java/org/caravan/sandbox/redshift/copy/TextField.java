package org.caravan.sandbox.redshift.copy;

import java.util.Arrays;

/** VARCHAR: valid UTF-8, as many bytes as the column has. */
final class TextField implements FieldValue {
    private final int limit;
    private final CopyOptions.Conversion conversion;
    private boolean replaced;

    TextField(TargetColumn column, CopyOptions.Conversion conversion) {
        this.limit = column.length() < 0 ? Integer.MAX_VALUE : column.length();
        this.conversion = conversion;
    }

    /** Whether a character has been replaced since the last call. */
    boolean takeReplaced() {
        boolean taken = replaced;
        replaced = false;
        return taken;
    }

    @Override
    public void write(byte[] text, int from, int to, RowBuffer out) throws BadValue {
        int end = conversion.trimBlanks() ? trimmed(text, from, to) : to;
        int at = Utf8.asciiEnd(text, from, end);
        byte[] valid = text;
        while (at < end) {
            int length = Utf8.length(text, at, end);
            if (length < 0) {
                if (conversion.replacement().isEmpty()) {
                    throw Utf8.invalid(text, at, end);
                }
                valid = valid == text ? Arrays.copyOf(text, end) : valid;
                Arrays.fill(valid, at, at - length, conversion.replacement().get());
                replaced = true;
            }
            at += Math.abs(length);
        }
        if (end - from > limit) {
            if (!conversion.truncateColumns()) {
                throw new BadValue(BadValue.OUT_OF_RANGE, "String length exceeds DDL length");
            }
            end = from + limit;
            while (end > from && (valid[end] & 0xc0) == 0x80) {
                end--;
            }
        }
        out.bytes(valid, from, end - from);
    }

    static int trimmed(byte[] text, int from, int to) {
        int end = to;
        while (end > from && (text[end - 1] == ' ' || text[end - 1] == '\t')) {
            end--;
        }
        return end;
    }
}
