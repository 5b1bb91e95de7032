package org.caravan.sandbox.redshift.unload;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.caravan.sandbox.redshift.wire.DataRow;

/** Writes one value of PostgreSQL's binary format to Parquet. */
interface ParquetValue {
    void write(DataRow row, int column, RecordConsumer out);

    /** Days from 1970-01-01, Parquet's first day, to 2000-01-01, PostgreSQL's. */
    int EPOCH_DAYS = 10957;

    /** The Julian day number of 2000-01-01. */
    int EPOCH_JULIAN_DAY = 2451545;

    long MICROS_PER_DAY = 86_400_000_000L;

    static ParquetValue of(ResultColumn type) {
        return switch (type.type()) {
            case SMALLINT ->
                (row, column, out) -> out.addInteger(row.buffer(column).getShort());
            case INTEGER ->
                (row, column, out) -> out.addInteger(row.buffer(column).getInt());
            case BIGINT -> (row, column, out) -> out.addLong(row.buffer(column).getLong());
            case REAL -> (row, column, out) -> out.addFloat(row.buffer(column).getFloat());
            case DOUBLE ->
                (row, column, out) -> out.addDouble(row.buffer(column).getDouble());
            case BOOLEAN -> (row, column, out) -> out.addBoolean(row.at(column, 0) != 0);
            case DATE -> (row, column, out) -> out.addInteger(days(row, column));
            case TIMESTAMP, TIMESTAMPTZ -> (row, column, out) -> out.addBinary(int96(row, column));
            case DECIMAL -> decimal(type);
            // jsonb begins with the number of its version
            case SUPER ->
                (row, column, out) -> out.addBinary(
                        Binary.fromString(FieldText.compact(row.text(column).substring(1))));
            default ->
                (row, column, out) -> {
                    byte[] copy = new byte[row.length(column)];
                    row.buffer(column).get(copy);
                    out.addBinary(Binary.fromConstantByteArray(copy));
                };
        };
    }

    private static int days(DataRow row, int column) {
        int days = row.buffer(column).getInt();
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            throw new ArithmeticException("infinity is no date of a Parquet file");
        }
        return Math.addExact(days, EPOCH_DAYS);
    }

    private static Binary int96(DataRow row, int column) {
        long micros = row.buffer(column).getLong();
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            throw new ArithmeticException("infinity is no timestamp of a Parquet file");
        }
        ByteBuffer value = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        value.putLong(Math.floorMod(micros, MICROS_PER_DAY) * 1000);
        value.putInt(Math.toIntExact(Math.floorDiv(micros, MICROS_PER_DAY) + EPOCH_JULIAN_DAY));
        return Binary.fromConstantByteArray(value.array());
    }

    private static ParquetValue decimal(ResultColumn type) {
        int width = ParquetSchema.decimalBytes(type.length().orElseThrow());
        return (row, column, out) -> {
            byte[] unscaled = unscaled(row.buffer(column), type.scale()).toByteArray();
            byte[] fixed = new byte[width];
            if (unscaled[0] < 0) {
                Arrays.fill(fixed, (byte) -1);
            }
            System.arraycopy(unscaled, 0, fixed, width - unscaled.length, unscaled.length);
            out.addBinary(Binary.fromConstantByteArray(fixed));
        };
    }

    /** Digits to the base 10,000 (numeric_send in src/backend/utils/adt/numeric.c). */
    private static BigInteger unscaled(ByteBuffer value, int scale) {
        int digits = value.getShort();
        int weight = value.getShort();
        int sign = value.getShort() & 0xffff;
        value.getShort();
        if (sign == 0xC000) {
            throw new ArithmeticException("NaN is no decimal of a Parquet file");
        }
        BigInteger magnitude = BigInteger.ZERO;
        for (int i = 0; i < digits; i++) {
            magnitude = magnitude.multiply(BigInteger.valueOf(10_000)).add(BigInteger.valueOf(value.getShort()));
        }
        int exponent = (weight - digits + 1) * 4 + scale;
        BigInteger scaled = exponent >= 0
                ? magnitude.multiply(BigInteger.TEN.pow(exponent))
                : magnitude.divide(BigInteger.TEN.pow(-exponent));
        return sign == 0x4000 ? scaled.negate() : scaled;
    }
}
