package org.caravan.sandbox.redshift.copy;

import java.util.Optional;

/** A column that text fills: tells NULL from values. Used by one thread. */
final class FieldColumn {
    private static final byte[] NEVER = {};

    private final TargetColumn column;
    private final FieldValue value;
    private final boolean character;
    private final boolean emptyIsNull;
    private final boolean blankIsNull;
    private final byte[] nullText;
    private final boolean hasNullText;
    private final boolean nullIsNul;

    /** @param nullText the text that stands for NULL, if the format has one */
    FieldColumn(TargetColumn column, CopyOptions.Conversion conversion, Optional<byte[]> nullText)
            throws CopyFailure.Thrown {
        this.column = column;
        this.value = FieldValue.of(column, conversion);
        this.character = value instanceof TextField || value instanceof CharField;
        this.emptyIsNull = !character || conversion.emptyAsNull();
        this.blankIsNull = !character || conversion.blanksAsNull();
        this.nullText = nullText.orElse(NEVER);
        this.hasNullText = nullText.isPresent();
        this.nullIsNul = this.nullText.length == 1 && this.nullText[0] == 0;
    }

    TargetColumn target() {
        return column;
    }

    void write(byte[] text, int from, int to, RowBuffer out) throws BadValue {
        if (isNull(text, from, to)) {
            writeNull(out);
        } else {
            if (nullIsNul && holdsNul(text, from, to)) {
                throw new BadValue(BadValue.NUL, "A field with NUL contains more than one byte");
            }
            value.write(text, from, to, out);
        }
    }

    void writeNull(RowBuffer out) throws BadValue {
        if (column.notNull()) {
            throw new BadValue(BadValue.NOT_NULL, "Missing data for not-null field");
        }
        out.nullValue();
    }

    /**
     * A column whose field is missing at the end of a line, which FILLRECORD allows: only VARCHAR becomes an empty text
     * (https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-conversion.html#copy-fillrecord).
     */
    void writeMissing(RowBuffer out) throws BadValue {
        if (value instanceof TextField && !emptyIsNull) {
            value.write(NEVER, 0, 0, out);
        } else {
            writeNull(out);
        }
    }

    boolean isNull(Fields row, int index) {
        return index >= row.count
                || row.source[index] == null
                || isNull(row.source[index], row.from[index], row.to[index]);
    }

    private boolean isNull(byte[] text, int from, int to) {
        int length = to - from;
        if (hasNullText && length == nullText.length && equalsNull(text, from)) {
            return true;
        }
        if (length == 0) {
            return emptyIsNull;
        }
        return blankIsNull && isBlank(text, from, to);
    }

    private boolean equalsNull(byte[] text, int from) {
        for (int i = 0; i < nullText.length; i++) {
            if (text[from + i] != nullText[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdsNul(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] != ' ' && text[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    boolean takeReplaced() {
        return value instanceof TextField text && text.takeReplaced();
    }
}
