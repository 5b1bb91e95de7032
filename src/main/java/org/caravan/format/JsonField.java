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
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final byte[] name;

    private JsonField(Column column) {
        byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(column.name());
        this.name = new byte[quoted.length + 3];
        name[0] = '"';
        System.arraycopy(quoted, 0, name, 1, quoted.length);
        name[name.length - 2] = '"';
        name[name.length - 1] = ':';
    }

    /** Appends the member of a row, NULL or not. */
    final void put(Vector vector, int row, Buffer out) {
        out.write(name, 0, name.length);
        if (vector.isNull(row)) {
            out.write(NULL, 0, NULL.length);
        } else {
            putValue(vector, row, out);
        }
    }

    abstract void putValue(Vector vector, int row, Buffer out);

    static JsonField of(Column column, JsonLinesOptions options) {
        ColumnType type = column.type();
        if (TextField.holds(type)) {
            return new Text(column, options.text().nul());
        }
        if (type instanceof ColumnType.Binary) {
            return new Binary(column);
        }
        Field field =
                Field.of(column, options.text().nonFinite(), options.text().instants());
        if (type instanceof ColumnType.FloatingPoint) {
            return new Floating(field);
        }
        boolean quoted = type instanceof ColumnType.Date
                || type instanceof ColumnType.Timestamp
                || (type instanceof ColumnType.Decimal && options.decimals() == Decimals.TEXT);
        return quoted ? new Quoted(field) : new Literal(field);
    }

    private static void putQuoted(Field field, Vector vector, int row, Buffer out) {
        out.write('"');
        field.putText(vector, row, out);
        out.write('"');
    }

    /** Numbers and booleans. */
    private static final class Literal extends JsonField {
        private final Field field;

        Literal(Field field) {
            super(field.column);
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

        Quoted(Field field) {
            super(field.column);
            this.field = field;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            putQuoted(field, vector, row, out);
        }
    }

    /** Numbers, but for those that JSON has not. */
    private static final class Floating extends JsonField {
        private final Field field;

        Floating(Field field) {
            super(field.column);
            this.field = field;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            if (field.isNumber(vector, row)) {
                field.putText(vector, row, out);
            } else {
                putQuoted(field, vector, row, out);
            }
        }
    }

    /** Bytes, as a string of their hexadecimal digits. */
    private static final class Binary extends JsonField {
        private final HexField field;

        Binary(Column column) {
            super(column);
            this.field = new HexField(column, Staging.ofText(column.type()));
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            out.write('"');
            field.put(vector, row, out);
            out.write('"');
        }
    }

    /** Text, and JSON as text: quote, backslash and control characters are escaped, everything else is UTF-8 as it is (RFC 8259, section 7). */
    private static final class Text extends JsonField {
        private static final byte NEEDS_ESCAPE = 1;
        private static final byte NEEDS_CHECK = 2;
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

        Text(Column column, NulRule nul) {
            super(column);
            this.field = new TextField(column, nul);
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            BytesVector text = (BytesVector) vector;
            byte[] data = text.data();
            int from = text.start(row);
            int to = from + text.length(row);
            field.checkLength(to - from);
            int kind = 0;
            for (int i = from; i < to; i++) {
                kind |= KINDS[data[i] & 0xFF];
            }
            if ((kind & NEEDS_CHECK) != 0) {
                field.checkCharacters(data, from, to);
            }
            out.write('"');
            if ((kind & NEEDS_ESCAPE) == 0) {
                out.write(data, from, to - from);
            } else {
                putEscaped(data, from, to, out);
            }
            out.write('"');
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
