package org.caravan.format;

import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Storage;
import org.caravan.schema.Vector;

/** A column of bytes in a file of text: as hexadecimal digits in lower case, two a byte. */
final class HexField {
    private static final byte[] DIGITS = new byte[512];

    static {
        for (int i = 0; i < DIGITS.length; i++) {
            int half = i % 2 == 0 ? i >> 5 : (i >> 1) & 0xF;
            DIGITS[i] = (byte) Character.forDigit(half, 16);
        }
    }

    private final Column column;
    private final int maxBytes;
    private final boolean staged;

    /** Takes the storage that a table has which COPY loads the file into. */
    HexField(Column column, Storage storage) {
        this.column = column;
        this.maxBytes = ((ColumnType.Binary) column.type()).maxBytes();
        this.staged = storage == Storage.HEX;
    }

    /** The bytes of a row's value, which is not NULL; refuses too many. */
    int length(Vector vector, int row) {
        int length = ((BytesVector) vector).length(row);
        if (length > maxBytes) {
            throw new Refusal(column, "binary of " + length + " bytes", "up to " + maxBytes + " bytes");
        }
        if (staged && length > Staging.MAX_HEX_BYTES) {
            throw new Refusal(
                    column,
                    "binary of " + length + " bytes",
                    "up to " + Staging.MAX_HEX_BYTES + " bytes, since their " + 2L * length
                            + " hexadecimal digits go through a VARCHAR, which holds " + ColumnType.MAX_TEXT_BYTES,
                    "Choose parquet, which has room for more, declare it for csv as columns." + column.name()
                            + ".type=binary(n) of more than "
                            + ColumnType.DEFAULT_BINARY_BYTES + ", or set columns." + column.name()
                            + ".onOverflow=null");
        }
        return length;
    }

    /** Appends the digits of a row's value, which is not NULL. */
    void put(Vector vector, int row, Buffer out) {
        BytesVector bytes = (BytesVector) vector;
        int length = length(vector, row);
        int start = bytes.start(row);
        byte[] source = bytes.data();
        out.reserve(2 * length);
        byte[] target = out.data();
        int position = out.size();
        for (int i = start; i < start + length; i++) {
            int pair = (source[i] & 0xFF) << 1;
            target[position++] = DIGITS[pair];
            target[position++] = DIGITS[pair + 1];
        }
        out.advance(2 * length);
    }

    /** The refusal of a value that the format cannot write. */
    Refusal refusal(String value, String allowed, String remedy) {
        return new Refusal(column, value, allowed, remedy);
    }
}
