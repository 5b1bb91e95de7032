package org.caravan.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.caravan.schema.ColumnType;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.ExactValues;
import org.caravan.schema.LongVector;
import org.caravan.schema.ValueException;

/** Readers of numbers and booleans; each gives the very number or refuses it. */
final class NumberReaders {
    private NumberReaders() {}

    static ColumnReader bool(int index) {
        return (rows, vector, row) -> set((LongVector) vector, row, rows.getBoolean(index) ? 1 : 0, rows.wasNull());
    }

    /** A boolean that the source keeps as a number. */
    static ColumnReader zeroOrOne(int index) {
        return (rows, vector, row) -> {
            long value = rows.getLong(index);
            if (value != 0 && value != 1) {
                throw new ValueException("is " + value + ", neither 0 nor 1");
            }
            set((LongVector) vector, row, value, rows.wasNull());
        };
    }

    static ColumnReader integer(Reading reading, ColumnType.Int type, int index) {
        if (reading == Reading.DECIMAL) {
            return integerOfDecimal(type, index);
        }
        if (reading == Reading.INT) {
            return type.bytes() >= Integer.BYTES
                    ? (rows, vector, row) -> set((LongVector) vector, row, rows.getInt(index), rows.wasNull())
                    : (rows, vector, row) ->
                            set((LongVector) vector, row, checked(rows.getInt(index), type), rows.wasNull());
        }
        return type.bytes() == Long.BYTES
                ? (rows, vector, row) -> set((LongVector) vector, row, rows.getLong(index), rows.wasNull())
                : (rows, vector, row) ->
                        set((LongVector) vector, row, checked(rows.getLong(index), type), rows.wasNull());
    }

    static ColumnReader floating(Reading reading, int index) {
        return reading == Reading.FLOAT
                ? (rows, vector, row) -> set((DoubleVector) vector, row, rows.getFloat(index), rows.wasNull())
                : (rows, vector, row) -> set((DoubleVector) vector, row, rows.getDouble(index), rows.wasNull());
    }

    static ColumnReader decimal(Reading reading, ColumnType.Decimal type, int index) {
        if (reading == Reading.DECIMAL) {
            return (rows, vector, row) -> {
                BigDecimal value = bigDecimal(rows, index);
                if (value == null) {
                    vector.setNull(row);
                } else {
                    ExactValues.setDecimal(value, type, vector, row);
                }
            };
        }
        return (rows, vector, row) -> {
            long value = reading == Reading.INT ? rows.getInt(index) : rows.getLong(index);
            if (rows.wasNull()) {
                vector.setNull(row);
            } else {
                ExactValues.setDecimal(BigDecimal.valueOf(value), type, vector, row);
            }
        };
    }

    private static ColumnReader integerOfDecimal(ColumnType.Int type, int index) {
        return (rows, vector, row) -> {
            BigDecimal value = bigDecimal(rows, index);
            if (value == null) {
                vector.setNull(row);
            } else {
                ((LongVector) vector).set(row, whole(value, type));
            }
        };
    }

    private static long whole(BigDecimal value, ColumnType.Int type) {
        try {
            BigInteger whole = value.toBigIntegerExact();
            if (whole.bitLength() < Long.SIZE) {
                return checked(whole.longValue(), type);
            }
        } catch (ArithmeticException e) {
            throw new ValueException("is " + value.toPlainString() + ", which is no whole number");
        }
        throw outside(value.toPlainString(), type);
    }

    /** A decimal number, or null as JDBC has it; what is no number is refused, as PostgreSQL's numeric may hold it. */
    private static BigDecimal bigDecimal(ResultSet rows, int index) throws SQLException {
        try {
            return rows.getBigDecimal(index);
        } catch (SQLException e) {
            String text = String.valueOf(rows.getString(index));
            if (text.matches("NaN|-?Infinity")) {
                throw new ValueException("is " + text + ", which no decimal and no integer holds");
            }
            throw e;
        }
    }

    private static long checked(long value, ColumnType.Int type) {
        boolean fits =
                switch (type.bytes()) {
                    case Short.BYTES -> value == (short) value;
                    case Integer.BYTES -> value == (int) value;
                    default -> true;
                };
        if (!fits) {
            throw outside(Long.toString(value), type);
        }
        return value;
    }

    private static ValueException outside(String value, ColumnType.Int type) {
        long largest = Long.MAX_VALUE >> ((Long.BYTES - type.bytes()) * Byte.SIZE);
        return new ValueException(
                "is " + value + ", outside " + (-largest - 1) + " to " + largest + " of its type " + type);
    }

    private static void set(LongVector vector, int row, long value, boolean isNull) {
        if (isNull) {
            vector.setNull(row);
        } else {
            vector.set(row, value);
        }
    }

    private static void set(DoubleVector vector, int row, double value, boolean isNull) {
        if (isNull) {
            vector.setNull(row);
        } else {
            vector.set(row, value);
        }
    }
}
