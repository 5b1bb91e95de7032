package org.caravan.format;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.caravan.format.JsonLinesOptions.Decimals;
import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Vector;

/** One column as a member of JSON objects. */
abstract class JsonField {
    /** What stands before a value: separator, name, colon, and the quote before a string. In whole words, of which the first bytes count. */
    private final byte[] head;

    private final byte[] headOfNull;
    private final int headLength;
    private final int headOfNullLength;

    private JsonField(Column column, Place place, Form form) {
        String name = (place == Place.FIRST ? "{\"" : ",\"")
                + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(column.name())) + "\":";
        byte[] value = (name + (form == Form.STRING ? "\"" : "")).getBytes(StandardCharsets.UTF_8);
        byte[] ofNull = (name + "null").getBytes(StandardCharsets.UTF_8);
        this.headLength = value.length;
        this.headOfNullLength = ofNull.length;
        this.head = Arrays.copyOf(value, wholeWords(value.length));
        this.headOfNull = Arrays.copyOf(ofNull, wholeWords(ofNull.length));
    }

    /** Where a member stands in its object. */
    enum Place {
        FIRST,
        LATER
    }

    private enum Form {
        /** Between quotes, of which the second is up to {@link #putValue}. */
        STRING,
        OTHER
    }

    private static int wholeWords(int bytes) {
        return (bytes + Long.BYTES - 1) & -Long.BYTES;
    }

    /** Appends the member of a row, NULL or not, with the separator before it. */
    final void put(Vector vector, int row, Buffer out) {
        if (vector.isNull(row)) {
            out.putWords(headOfNull, headOfNullLength);
        } else {
            out.putWords(head, headLength);
            putValue(vector, row, out);
        }
    }

    abstract void putValue(Vector vector, int row, Buffer out);

    static JsonField of(Column column, Place place, JsonLinesOptions options) {
        ColumnType type = column.type();
        if (TextField.holds(type)) {
            return new Text(column, place, options.text().nul());
        }
        if (type instanceof ColumnType.Binary) {
            return new Binary(column, place);
        }
        Field field =
                Field.of(column, options.text().nonFinite(), options.text().instants());
        if (type instanceof ColumnType.FloatingPoint) {
            return new Floating(field, place);
        }
        boolean quoted = type instanceof ColumnType.Date
                || type instanceof ColumnType.Timestamp
                || (type instanceof ColumnType.Decimal && options.decimals() == Decimals.TEXT);
        return quoted ? new Quoted(field, place) : new Literal(field, place);
    }

    /** Numbers and booleans. */
    private static final class Literal extends JsonField {
        private final Field field;

        Literal(Field field, Place place) {
            super(field.column, place, Form.OTHER);
            this.field = field;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            field.putText(vector, row, out);
        }
    }

    /** What JSON has no type for. */
    private static final class Quoted extends JsonField {
        private final Field field;

        Quoted(Field field, Place place) {
            super(field.column, place, Form.STRING);
            this.field = field;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            field.putText(vector, row, out);
            out.write('"');
        }
    }

    /** Numbers, but for those that JSON has not. */
    private static final class Floating extends JsonField {
        private final Field field;

        Floating(Field field, Place place) {
            super(field.column, place, Form.OTHER);
            this.field = field;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            if (field.isNumber(vector, row)) {
                field.putText(vector, row, out);
            } else {
                out.write('"');
                field.putText(vector, row, out);
                out.write('"');
            }
        }
    }

    /** Bytes, as a string of their hexadecimal digits. */
    private static final class Binary extends JsonField {
        private final HexField field;

        Binary(Column column, Place place) {
            super(column, place, Form.STRING);
            this.field = new HexField(column, Staging.ofText(column.type()));
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            field.put(vector, row, out);
            out.write('"');
        }
    }

    /** Text, and JSON as text: quote, backslash and control characters are escaped, everything else is UTF-8 as it is (RFC 8259, section 7). */
    private static final class Text extends JsonField {
        private static final byte NEEDS_ESCAPE = 1;
        private static final byte NEEDS_CHECK = 2;
        private static final long QUOTES = Words.each('"');
        private static final long BACKSLASHES = Words.each('\\');
        private static final byte[] KINDS = new byte[256];
        private static final byte[][] ESCAPES = new byte[128][];

        static {
            Arrays.fill(KINDS, 0, ' ', NEEDS_ESCAPE);
            Arrays.fill(KINDS, 128, 256, NEEDS_CHECK);
            KINDS[0] |= NEEDS_CHECK;
            KINDS['"'] = NEEDS_ESCAPE;
            KINDS['\\'] = NEEDS_ESCAPE;
            for (int i = 0; i < ESCAPES.length; i++) {
                ESCAPES[i] = JsonStringEncoder.getInstance().quoteAsUTF8(String.valueOf((char) i));
            }
        }

        private final TextField field;

        Text(Column column, Place place, NulRule nul) {
            super(column, place, Form.STRING);
            this.field = new TextField(column, nul);
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            BytesVector text = (BytesVector) vector;
            byte[] data = text.data();
            int from = text.start(row);
            int to = from + text.length(row);
            field.checkLength(to - from);
            int kind = to - from < Words.LEAST_BYTES ? kind(data, from, to) : kindOfWords(data, from, to);
            if ((kind & NEEDS_CHECK) != 0) {
                field.checkCharacters(data, from, to);
            }
            if ((kind & NEEDS_ESCAPE) == 0) {
                out.putFew(data, from, to - from);
            } else {
                putEscaped(data, from, to, out);
            }
            out.write('"');
        }

        private static int kind(byte[] data, int from, int to) {
            int kind = 0;
            for (int i = from; i < to; i++) {
                kind |= KINDS[data[i] & 0xFF];
            }
            return kind;
        }

        /** The same of eight bytes or more. */
        private static int kindOfWords(byte[] data, int from, int to) {
            int last = to - Long.BYTES;
            // The last eight bytes, some of them again.
            long word = Words.get(data, last);
            long escapes = escapes(word);
            long beyondAscii = word;
            for (int at = from; at < last; at += Long.BYTES) {
                word = Words.get(data, at);
                escapes |= escapes(word);
                beyondAscii |= word;
            }
            // NUL is among what is escaped.
            return (escapes == 0 ? 0 : NEEDS_ESCAPE | NEEDS_CHECK)
                    | ((beyondAscii & Words.HIGH_BITS) == 0 ? 0 : NEEDS_CHECK);
        }

        /** Not zero if and only if one of the bytes must be escaped. */
        private static long escapes(long word) {
            return Words.controls(word) | Words.zeros(word ^ QUOTES) | Words.zeros(word ^ BACKSLASHES);
        }

        private static void putEscaped(byte[] data, int from, int to, Buffer out) {
            int copied = from;
            for (int i = from; i < to; i++) {
                if ((KINDS[data[i] & 0xFF] & NEEDS_ESCAPE) != 0) {
                    out.write(data, copied, i - copied);
                    out.write(ESCAPES[data[i]], 0, ESCAPES[data[i]].length);
                    copied = i + 1;
                }
            }
            out.write(data, copied, to - copied);
        }
    }
}
