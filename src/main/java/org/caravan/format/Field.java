package org.caravan.format;

import java.math.BigInteger;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.DecimalVector;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/**
 * One column of a format that writes row by row: checks each value against its column's type and writes its text. Text
 * itself has {@link TextField}, and binary {@link HexField}. A value that is not allowed is a {@link Refusal}.
 */
abstract class Field {
    final Column column;

    Field(Column column) {
        this.column = column;
    }

    /**
     * Appends the text of a row's value, which is not NULL: ASCII, at most {@link Digits#MAX_BYTES} bytes, without quotes,
     * in the form that COPY reads by default.
     */
    abstract void putText(Vector vector, int row, Buffer out);

    /** Whether a value's text is a number as JSON has them. */
    boolean isNumber(Vector vector, int row) {
        return true;
    }

    static Field of(Column column, NonFinite nonFinite, InstantForm instants) {
        ColumnType type = column.type();
        if (type instanceof ColumnType.FloatingPoint) {
            return new FloatingField(column, nonFinite);
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return decimal.fitsLong() ? new DecimalField(column, decimal) : new WideDecimalField(column, decimal);
        }
        if (type instanceof ColumnType.Date) {
            return new DateField(column);
        }
        if (type instanceof ColumnType.Timestamp timestamp) {
            return new TimestampField(column, timestamp, instants);
        }
        return type instanceof ColumnType.Bool ? new BooleanField(column) : new LongField(column);
    }

    /** Integers as they are; also the checked number behind every type that is stored as a long. */
    static class LongField extends Field {
        private final long least;
        private final long largest;

        LongField(Column column) {
            super(column);
            this.least = Limits.least(column.type());
            this.largest = Limits.largest(column.type());
        }

        final long value(Vector vector, int row) {
            long value = ((LongVector) vector).get(row);
            if (value < least || value > largest) {
                throw new Refusal(column, value, least + " to " + largest);
            }
            return value;
        }

        @Override
        void putText(Vector vector, int row, Buffer out) {
            Digits.putLong(value(vector, row), out);
        }
    }

    private static final class BooleanField extends LongField {
        BooleanField(Column column) {
            super(column);
        }

        @Override
        void putText(Vector vector, int row, Buffer out) {
            Digits.putAscii(value(vector, row) == 0 ? "false" : "true", out);
        }
    }

    private static final class DecimalField extends LongField {
        private final int scale;

        DecimalField(Column column, ColumnType.Decimal type) {
            super(column);
            this.scale = type.scale();
        }

        @Override
        void putText(Vector vector, int row, Buffer out) {
            Digits.putDecimal(value(vector, row), scale, out);
        }
    }

    /** Decimals of 19 to 38 digits. */
    static final class WideDecimalField extends Field {
        private final int scale;
        private final DecimalLimit limit;

        WideDecimalField(Column column, ColumnType.Decimal type) {
            super(column);
            this.scale = type.scale();
            this.limit = new DecimalLimit(type.precision());
        }

        BigInteger value(Vector vector, int row) {
            DecimalVector decimals = (DecimalVector) vector;
            if (!limit.allows(decimals.high(row), decimals.low(row))) {
                throw new Refusal(column, decimals.get(row), limit.toString());
            }
            return decimals.get(row);
        }

        @Override
        void putText(Vector vector, int row, Buffer out) {
            DecimalVector decimals = (DecimalVector) vector;
            long low = decimals.low(row);
            boolean small = decimals.high(row) == (low >> (Long.SIZE - 1)) && low != Long.MIN_VALUE;
            if (small && scale <= ColumnType.MAX_LONG_PRECISION) {
                Digits.putDecimal(low, scale, out);
            } else {
                Digits.putDecimal(value(vector, row), scale, out);
            }
        }
    }

    /** Numbers of 4 and 8 bytes, in the shortest text that reads back as the same number. */
    static final class FloatingField extends Field {
        private final boolean single;
        private final NonFinite nonFinite;

        FloatingField(Column column, NonFinite nonFinite) {
            super(column);
            this.single = ((ColumnType.FloatingPoint) column.type()).bytes() == Float.BYTES;
            this.nonFinite = nonFinite;
        }

        /** The value, which fits the type's width. */
        double value(Vector vector, int row) {
            double value = ((DoubleVector) vector).get(row);
            if (single && (float) value != value && !Double.isNaN(value)) {
                throw new Refusal(column, value, "a number of 4 bytes, such as " + (float) value);
            }
            return value;
        }

        @Override
        boolean isNumber(Vector vector, int row) {
            return Double.isFinite(((DoubleVector) vector).get(row));
        }

        @Override
        void putText(Vector vector, int row, Buffer out) {
            double value = value(vector, row);
            if (nonFinite == NonFinite.REFUSE && !Double.isFinite(value)) {
                throw new Refusal(
                        column,
                        value,
                        "a finite number, since nonFinite=refuse is set",
                        "Turn it into NULL in the SQL, such as by NULLIF, or set nonFinite=text to write it as the text "
                                + value);
            }
            if (single) {
                Digits.putFloat((float) value, out);
            } else {
                Digits.putDouble(value, out);
            }
        }
    }

    private static final class DateField extends LongField {
        DateField(Column column) {
            super(column);
        }

        @Override
        void putText(Vector vector, int row, Buffer out) {
            long days = value(vector, row);
            requireYear(column, days);
            Digits.putDate(days, out);
        }
    }

    private static final class TimestampField extends LongField {
        private final boolean offset;

        TimestampField(Column column, ColumnType.Timestamp type, InstantForm instants) {
            super(column);
            this.offset = type.zone() == ColumnType.Zone.INSTANT && instants == InstantForm.OFFSET;
        }

        @Override
        void putText(Vector vector, int row, Buffer out) {
            long micros = value(vector, row);
            requireYear(column, Digits.day(micros));
            Digits.putTimestamp(micros, out);
            if (offset) {
                Digits.putAscii("+00", out);
            }
        }
    }

    private static void requireYear(Column column, long day) {
        if (day < Limits.FIRST_DAY || day > Limits.LAST_DAY) {
            throw new Refusal(
                    column,
                    "day " + day + " since 1970-01-01",
                    "a day of the years 1 to 9999, which text can hold",
                    FormatException.CORRECT + ", or set columns." + column.name() + ".onOverflow=null");
        }
    }
}
