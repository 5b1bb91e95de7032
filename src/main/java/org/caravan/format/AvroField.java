package org.caravan.format;

import java.math.BigInteger;
import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/**
 * One column's values in Avro's binary encoding.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Binary encoding</a>
 */
abstract class AvroField {
    /** The branches of a union of null and a type, in zigzag form. */
    static final int NULL = 0;

    private static final int VALUE = 2;

    /** Appends a row's value, NULL or not. */
    final void put(Vector vector, int row, Buffer out) {
        if (vector.isNull(row)) {
            out.write(NULL);
        } else {
            out.write(VALUE);
            putValue(vector, row, out);
        }
    }

    abstract void putValue(Vector vector, int row, Buffer out);

    static AvroField of(Column column, AvroOptions options) {
        ColumnType type = column.type();
        boolean logical = options.logicalTypes() == AvroOptions.LogicalTypes.NATIVE;
        if (TextField.holds(type)) {
            return new TextValues(new TextField(column, options.nul()));
        }
        if (type instanceof ColumnType.Binary binary) {
            return logical
                    ? new BinaryBytes(column, binary.maxBytes())
                    : new HexDigits(new HexField(column, Staging.ofText(type)));
        }
        Field field = Field.of(column, NonFinite.TEXT, options.instants());
        if (logical && field instanceof Field.FloatingField floating) {
            return ((ColumnType.FloatingPoint) type).bytes() == Float.BYTES
                    ? new FloatValues(floating)
                    : new DoubleValues(floating);
        }
        if (type instanceof ColumnType.Bool) {
            return new BooleanBytes((Field.LongField) field);
        }
        boolean number = type instanceof ColumnType.Int;
        if (number || (logical && !(type instanceof ColumnType.Decimal))) {
            return new LongNumbers((Field.LongField) field);
        }
        return logical ? new DecimalBytes(field) : new TextOf(field);
    }

    private static final class LongNumbers extends AvroField {
        private final Field.LongField field;

        LongNumbers(Field.LongField field) {
            this.field = field;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            out.putZigZag(field.value(vector, row));
        }
    }

    private static final class BooleanBytes extends AvroField {
        private final Field.LongField field;

        BooleanBytes(Field.LongField field) {
            this.field = field;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            out.write((int) field.value(vector, row));
        }
    }

    private static final class FloatValues extends AvroField {
        private final Field.FloatingField field;

        FloatValues(Field.FloatingField field) {
            this.field = field;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            out.putInt(Float.floatToRawIntBits((float) field.value(vector, row)));
        }
    }

    private static final class DoubleValues extends AvroField {
        private final Field.FloatingField field;

        DoubleValues(Field.FloatingField field) {
            this.field = field;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            out.putLong(Double.doubleToRawLongBits(field.value(vector, row)));
        }
    }

    private static final class TextValues extends AvroField {
        private final TextField field;

        TextValues(TextField field) {
            this.field = field;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            BytesVector text = (BytesVector) vector;
            byte[] data = text.data();
            int start = text.start(row);
            int length = text.length(row);
            field.check(data, start, start + length);
            out.putZigZag(length);
            out.write(data, start, length);
        }
    }

    /** Binary as text. */
    private static final class HexDigits extends AvroField {
        private final HexField field;

        HexDigits(HexField field) {
            this.field = field;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            out.putZigZag(2L * field.length(vector, row));
            field.put(vector, row, out);
        }
    }

    private static final class BinaryBytes extends AvroField {
        private final Column column;
        private final int maxBytes;

        BinaryBytes(Column column, int maxBytes) {
            this.column = column;
            this.maxBytes = maxBytes;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            BytesVector bytes = (BytesVector) vector;
            int length = bytes.length(row);
            if (length > maxBytes) {
                throw new Refusal(column, "binary of " + length + " bytes", "up to " + maxBytes + " bytes");
            }
            out.putZigZag(length);
            out.write(bytes.data(), bytes.start(row), length);
        }
    }

    /** Numbers with a fraction, dates and time stamps as text: shorter than 64 bytes, so that one byte holds the length. */
    private static final class TextOf extends AvroField {
        private final Field field;

        TextOf(Field field) {
            this.field = field;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            int position = out.size();
            out.write(0);
            field.putText(vector, row, out);
            out.data()[position] = (byte) ((out.size() - position - 1) << 1);
        }
    }

    /** Decimals as big-endian two's complement numbers. */
    private static final class DecimalBytes extends AvroField {
        private final Field field;

        DecimalBytes(Field field) {
            this.field = field;
        }

        @Override
        void putValue(Vector vector, int row, Buffer out) {
            BigInteger unscaled = vector instanceof LongVector
                    ? BigInteger.valueOf(((Field.LongField) field).value(vector, row))
                    : ((Field.WideDecimalField) field).value(vector, row);
            byte[] bytes = unscaled.toByteArray();
            out.putZigZag(bytes.length);
            out.write(bytes, 0, bytes.length);
        }
    }
}
