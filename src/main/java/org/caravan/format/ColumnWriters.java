package org.caravan.format;

import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** The column writer of each type: what its vector holds, what of it the type allows, and which values Parquet stores. */
final class ColumnWriters {
    private ColumnWriters() {}

    static ColumnWriter of(Column column, ParquetOptions options, int dictionaryBytes, PageWriter pageWriter) {
        ColumnType type = column.type();
        if (type instanceof ColumnType.Bool) {
            return new BooleanWriter(column, new BooleanValues(), options, pageWriter);
        }
        if (type instanceof ColumnType.FloatingPoint number) {
            LongValues values = LongValues.floats(number.bytes(), dictionaryBytes);
            return number.bytes() == Float.BYTES
                    ? new FloatWriter(column, values, options, pageWriter)
                    : new DoubleWriter(column, values, options, pageWriter);
        }
        if (TextField.holds(type) || type instanceof ColumnType.Binary) {
            return new BytesWriter(column, BytesValues.text(dictionaryBytes), options, pageWriter);
        }
        if (type instanceof ColumnType.Decimal decimal && !decimal.fitsLong()) {
            return new WideDecimalWriter(column, decimal, BytesValues.numbers(dictionaryBytes), options, pageWriter);
        }
        return new IntegerWriter(
                column, LongValues.integers(IntegerWriter.width(type), dictionaryBytes), options, pageWriter);
    }

    static int fixedRowsThatFit(int from, int to, int bytes, int width) {
        return Math.min(to, from + Math.max(1, bytes / width));
    }

    private static final class BooleanWriter extends ColumnWriter {
        private final BooleanValues values;

        BooleanWriter(Column column, BooleanValues values, ParquetOptions options, PageWriter pageWriter) {
            super(column, values, options, pageWriter);
            this.values = values;
        }

        @Override
        int rowsThatFit(Vector vector, int from, int to, int bytes) {
            return fixedRowsThatFit(from, to, bytes, 1);
        }

        @Override
        void append(Vector vector, int from, int to) {
            LongVector longs = (LongVector) vector;
            for (int row = from; row < to; row++) {
                if (longs.isNull(row)) {
                    continue;
                }
                long value = longs.get(row);
                if (value != 0 && value != 1) {
                    throw refusal(row, from, value, "0 or 1");
                }
                values.add(value);
            }
        }
    }

    private static final class FloatWriter extends ColumnWriter {
        private final LongValues values;

        FloatWriter(Column column, LongValues values, ParquetOptions options, PageWriter pageWriter) {
            super(column, values, options, pageWriter);
            this.values = values;
        }

        @Override
        int rowsThatFit(Vector vector, int from, int to, int bytes) {
            return fixedRowsThatFit(from, to, bytes, Float.BYTES);
        }

        @Override
        void append(Vector vector, int from, int to) {
            DoubleVector doubles = (DoubleVector) vector;
            for (int row = from; row < to; row++) {
                if (doubles.isNull(row)) {
                    continue;
                }
                double value = doubles.get(row);
                float stored = (float) value;
                if (stored != value && !Double.isNaN(value)) {
                    throw refusal(row, from, value, "a number of 4 bytes, such as " + stored);
                }
                values.add(Float.floatToRawIntBits(stored));
            }
        }
    }

    private static final class DoubleWriter extends ColumnWriter {
        private final LongValues values;

        DoubleWriter(Column column, LongValues values, ParquetOptions options, PageWriter pageWriter) {
            super(column, values, options, pageWriter);
            this.values = values;
        }

        @Override
        int rowsThatFit(Vector vector, int from, int to, int bytes) {
            return fixedRowsThatFit(from, to, bytes, Double.BYTES);
        }

        @Override
        void append(Vector vector, int from, int to) {
            DoubleVector doubles = (DoubleVector) vector;
            for (int row = from; row < to; row++) {
                if (!doubles.isNull(row)) {
                    values.add(Double.doubleToRawLongBits(doubles.get(row)));
                }
            }
        }
    }
}
