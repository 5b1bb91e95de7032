package org.caravan.format;

import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.TextCheck;

/** A column of text, or of JSON as text: what is allowed as its UTF-8 bytes. */
final class TextField {
    static final String WELL_FORMED = "well-formed UTF-8, without halves of surrogate pairs";

    private final Column column;
    private final int maxBytes;
    private final NulRule nul;

    TextField(Column column, NulRule nul) {
        this.column = column;
        this.maxBytes = maxBytes(column.type());
        this.nul = nul;
    }

    static boolean holds(ColumnType type) {
        return type instanceof ColumnType.Text || type instanceof ColumnType.Super;
    }

    static int maxBytes(ColumnType type) {
        return type instanceof ColumnType.Text text ? text.maxBytes() : ColumnType.MAX_TEXT_BYTES;
    }

    /** What a message says of a byte that begins no character; {@code position} counts from 0. */
    static String invalidByte(byte value, int position) {
        return String.format("the byte 0x%02X at byte %d of its text", value, position + 1);
    }

    /** Refuses bytes that are no text, or too many. */
    void check(byte[] data, int from, int to) {
        checkLength(to - from);
        if (!TextCheck.isPlain(data, from, to)) {
            checkCharacters(data, from, to);
        }
    }

    void checkLength(int length) {
        if (length > maxBytes) {
            throw new Refusal(column, "text of " + length + " bytes", "up to " + maxBytes + " bytes");
        }
    }

    void checkCharacters(byte[] data, int from, int to) {
        int invalid = TextCheck.firstInvalid(data, from, to);
        if (invalid >= 0) {
            throw new Refusal(column, invalidByte(data[invalid], invalid - from), WELL_FORMED, FormatException.CORRECT);
        }
        int zero = nul == NulRule.KEEP ? -1 : TextCheck.firstNul(data, from, to);
        if (zero >= 0) {
            throw new Refusal(
                    column,
                    "a NUL character at byte " + (zero - from + 1) + " of its text",
                    "any other character, since Redshift text cannot hold NUL",
                    "Remove it in the SQL or by columns." + column.name()
                            + ".nul=remove, or set nul=keep for a file that is not loaded into Redshift");
        }
    }

    /** The refusal of a value that the format cannot write. */
    Refusal refusal(String value, String allowed, String remedy) {
        return new Refusal(column, value, allowed, remedy);
    }
}
