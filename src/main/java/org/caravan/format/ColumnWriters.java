package org.caravan.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.DecimalVector;
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
        if (type instanceof ColumnType.Text text) {
            return new TextWriter(column, text, BytesValues.text(dictionaryBytes), options, pageWriter);
        }
        if (type instanceof ColumnType.Decimal decimal && !decimal.fitsLong()) {
            return new WideDecimalWriter(
                    column, decimal, BytesValues.numbers(dictionaryBytes), options, pageWriter);
        }
        return new IntegerWriter(
                column, LongValues.integers(IntegerWriter.width(type), dictionaryBytes), options, pageWriter);
    }

    private static int fixedRowsThatFit(int from, int to, int bytes, int width) {
        return Math.min(to, from + Math.max(1, bytes / width));
    }

    /** Integers, dates, time stamps, and decimals of up to 18 digits. */
    private static final class IntegerWriter extends ColumnWriter {
        private final LongValues values;
        private final int width;
        private final long least;
        private final long largest;

        IntegerWriter(Column column, LongValues values, ParquetOptions options, PageWriter pageWriter) {
            super(column, values, options, pageWriter);
            this.values = values;
            this.width = width(column.type());
            this.largest = largest(column.type());
            this.least = column.type() instanceof ColumnType.Decimal ? -largest : -largest - 1;
        }

        @Override
        int rowsThatFit(Vector vector, int from, int to, int bytes) {
            return fixedRowsThatFit(from, to, bytes, width);
        }

        @Override
        void append(Vector vector, int from, int to) {
            LongVector longs = (LongVector) vector;
            boolean nulls = longs.hasNulls();
            for (int row = from; row < to; row++) {
                if (nulls && longs.isNull(row)) {
                    continue;
                }
                long value = longs.get(row);
                if (value < least || value > largest) {
                    throw refusal(row, from, value, least + " to " + largest);
                }
                values.add(value);
            }
        }

        private static int width(ColumnType type) {
            return switch (ParquetSchema.physical(type)) {
                case INT32 -> Integer.BYTES;
                case INT64 -> Long.BYTES;
                default -> throw new IllegalArgumentException(type + " is not stored as an integer");
            };
        }

        private static long largest(ColumnType type) {
            if (type instanceof ColumnType.Decimal decimal) {
                return BigInteger.TEN.pow(decimal.precision()).longValueExact() - 1;
            }
            if (type instanceof ColumnType.Int integer && integer.bytes() == Short.BYTES) {
                return Short.MAX_VALUE;
            }
            return width(type) == Integer.BYTES ? Integer.MAX_VALUE : Long.MAX_VALUE;
        }
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

    private static final class TextWriter extends ColumnWriter {
        private final BytesValues values;
        private final int maxBytes;

        TextWriter(Column column, ColumnType.Text type, BytesValues values, ParquetOptions options, PageWriter pageWriter) {
            super(column, values, options, pageWriter);
            this.values = values;
            this.maxBytes = type.maxBytes();
        }

        @Override
        int rowsThatFit(Vector vector, int from, int to, int bytes) {
            BytesVector text = (BytesVector) vector;
            int start = text.start(from);
            int end = to;
            while (end > from + 1 && text.bytes(end) - start + (end - from) * Integer.BYTES > bytes) {
                end = from + (end - from) / 2;
            }
            return end;
        }

        @Override
        void append(Vector vector, int from, int to) {
            BytesVector text = (BytesVector) vector;
            boolean nulls = text.hasNulls();
            byte[] data = text.data();
            int start = text.start(from);
            for (int row = from; row < to; row++) {
                int length = text.length(row);
                int offset = start;
                start += length;
                if (nulls && text.isNull(row)) {
                    continue;
                }
                if (length > maxBytes) {
                    throw refusal(row, from, "text of " + length + " bytes", "up to " + maxBytes + " bytes");
                }
                values.add(data, offset, length);
            }
        }
    }

    /** Decimals of 19 to 38 digits: big-endian two's complement, of a fixed width. */
    private static final class WideDecimalWriter extends ColumnWriter {
        private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

        private final BytesValues values;
        private final byte[] scratch = new byte[ParquetSchema.WIDE_DECIMAL_BYTES];
        private final BigInteger limit;
        private final long limitHigh;
        private final long limitLow;

        WideDecimalWriter(
                Column column,
                ColumnType.Decimal type,
                BytesValues values,
                ParquetOptions options,
                PageWriter pageWriter) {
            super(column, values, options, pageWriter);
            this.values = values;
            this.limit = BigInteger.TEN.pow(type.precision());
            this.limitHigh = limit.shiftRight(Long.SIZE).longValueExact();
            this.limitLow = limit.longValue();
        }

        @Override
        int rowsThatFit(Vector vector, int from, int to, int bytes) {
            return fixedRowsThatFit(from, to, bytes, ParquetSchema.WIDE_DECIMAL_BYTES);
        }

        @Override
        void append(Vector vector, int from, int to) {
            DecimalVector decimals = (DecimalVector) vector;
            for (int row = from; row < to; row++) {
                if (decimals.isNull(row)) {
                    continue;
                }
                long high = decimals.high(row);
                long low = decimals.low(row);
                if (!isBelowLimit(high, low)) {
                    throw refusal(row, from, decimals.get(row), "an unscaled value between -" + limit + " and " + limit);
                }
                LONG.set(scratch, 0, high);
                LONG.set(scratch, Long.BYTES, low);
                values.add(scratch, 0, scratch.length);
            }
        }

        private boolean isBelowLimit(long high, long low) {
            long magnitudeHigh = high >= 0 ? high : ~high + (low == 0 ? 1 : 0);
            long magnitudeLow = high >= 0 ? low : -low;
            int difference = Long.compareUnsigned(magnitudeHigh, limitHigh);
            return difference < 0 || (difference == 0 && Long.compareUnsigned(magnitudeLow, limitLow) < 0);
        }
    }
}
