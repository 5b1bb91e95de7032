package org.caravan.sandbox.redshift.copy;

/** CHAR: single-byte characters only (https://docs.aws.amazon.com/redshift/latest/dg/multi-byte-character-load-errors.html). */
record CharField(TargetColumn column, CopyOptions.Conversion conversion) implements FieldValue {
    @Override
    public void write(byte[] text, int from, int to, RowBuffer out) throws BadValue {
        int end = conversion.trimBlanks() ? TextField.trimmed(text, from, to) : to;
        int ascii = Utf8.asciiEnd(text, from, end);
        if (ascii < end) {
            int length = Math.max(1, Math.abs(Utf8.length(text, ascii, end)));
            throw new BadValue(
                    BadValue.UTF8,
                    "Multibyte character not supported for CHAR (Hint: try using VARCHAR). Invalid char: "
                            + Utf8.hex(text, ascii, length));
        }
        if (column.length() >= 0 && end - from > column.length()) {
            if (!conversion.truncateColumns()) {
                throw new BadValue(BadValue.OUT_OF_RANGE, "Char length exceeds DDL length");
            }
            end = from + column.length();
        }
        out.bytes(text, from, end - from);
    }
}
