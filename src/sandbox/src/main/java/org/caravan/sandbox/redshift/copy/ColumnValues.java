package org.caravan.sandbox.redshift.copy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Writes the current value of a Parquet column for PostgreSQL; one implementation for each pair of types. */
interface ColumnValues {
    /** Writes the value that the reader stands on. */
    void write(ColumnReader reader, RowBuffer out) throws BadValue;

    /** Days from 1970-01-01, Parquet's first day, to 2000-01-01, PostgreSQL's. */
    int EPOCH_DAYS = 10957;

    long MICROS_PER_DAY = 86_400_000_000L;
    /** More days have more microseconds than 64 bits hold. */
    long MAX_DAYS = Long.MAX_VALUE / MICROS_PER_DAY - 1;

    /** The Julian day number of 2000-01-01. */
    int EPOCH_JULIAN_DAY = 2451545;

    static ColumnValues of(PrimitiveType field, TargetColumn column, CopyOptions.Conversion conversion) {
        return switch (column.type()) {
            case "int2" -> ColumnValues::smallint;
            case "int4" ->
                (reader, out) -> {
                    out.int32(4);
                    out.int32(reader.getInteger());
                };
            case "int8" ->
                (reader, out) -> {
                    out.int32(8);
                    out.int64(reader.getLong());
                };
            case "float4" ->
                (reader, out) -> {
                    out.int32(4);
                    out.int32(Float.floatToRawIntBits(reader.getFloat()));
                };
            case "float8" ->
                (reader, out) -> {
                    out.int32(8);
                    out.int64(Double.doubleToRawLongBits(reader.getDouble()));
                };
            case "bool" ->
                (reader, out) -> {
                    out.int32(1);
                    out.int8(reader.getBoolean() ? 1 : 0);
                };
            case "varchar", "bpchar" -> new TextValues(column, conversion);
            case "varbyte" -> (reader, out) -> out.bytes(reader.getBinary().toByteBuffer());
            case "date" ->
                (reader, out) -> {
                    out.int32(4);
                    out.int32(Math.subtractExact(reader.getInteger(), EPOCH_DAYS));
                };
            case "timestamp" -> timestamp(field);
            case "numeric" -> decimal(field, column);
            default -> throw new IllegalArgumentException("no mapping for a column of type " + column.type());
        };
    }

    private static void smallint(ColumnReader reader, RowBuffer out) throws BadValue {
        int value = reader.getInteger();
        if (value != (short) value) {
            throw unfit("The value " + value + " is out of range for SMALLINT");
        }
        out.int32(2);
        out.int16(value);
    }

    /** A value that Spectrum cannot hand on. */
    private static BadValue unfit(String reason) {
        return new BadValue(ParquetSource.MISMATCH, reason);
    }

    private static ColumnValues timestamp(PrimitiveType field) {
        if (field.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
            return (reader, out) -> {
                ByteBuffer value = reader.getBinary().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                long nanos = value.getLong(value.position());
                long days = value.getInt(value.position() + 8) - (long) EPOCH_JULIAN_DAY;
                if (Math.abs(days) > MAX_DAYS || nanos < 0 || nanos >= MICROS_PER_DAY * 1000) {
                    throw unfit("The timestamp of day " + days + " and " + nanos + " nanoseconds is out of range");
                }
                out.int32(8);
                out.int64(days * MICROS_PER_DAY + nanos / 1000L);
            };
        }
        boolean millis =
                ((TimestampLogicalTypeAnnotation) field.getLogicalTypeAnnotation()).getUnit() == TimeUnit.MILLIS;
        return (reader, out) -> {
            long value = reader.getLong();
            long micros;
            try {
                micros = Math.subtractExact(
                        millis ? Math.multiplyExact(value, 1000L) : value, EPOCH_DAYS * MICROS_PER_DAY);
            } catch (ArithmeticException e) {
                throw unfit("The timestamp " + value + " is out of range");
            }
            out.int32(8);
            out.int64(micros);
        };
    }

    private static ColumnValues decimal(PrimitiveType field, TargetColumn column) {
        DecimalValue decimal = new DecimalValue(column.scale());
        BigInteger limit = BigInteger.TEN.pow(column.length());
        long smallLimit = column.length() <= 18 ? limit.longValueExact() : Long.MAX_VALUE;
        boolean small = column.length() <= 18;
        return (reader, out) -> {
            if (small) {
                long unscaled =
                        switch (field.getPrimitiveTypeName()) {
                            case INT32 -> reader.getInteger();
                            case INT64 -> reader.getLong();
                            default -> signed(reader.getBinary().toByteBuffer());
                        };
                if (unscaled >= smallLimit || unscaled <= -smallLimit) {
                    throw overflow(BigInteger.valueOf(unscaled), column);
                }
                decimal.write(unscaled, out);
                return;
            }
            BigInteger unscaled = new BigInteger(reader.getBinary().getBytesUnsafe());
            if (unscaled.abs().compareTo(limit) >= 0) {
                throw overflow(unscaled, column);
            }
            decimal.write(unscaled, out);
        };
    }

    private static BadValue overflow(BigInteger unscaled, TargetColumn column) {
        return unfit("The unscaled value " + unscaled + " has more digits than " + column.spectrumType());
    }

    private static long signed(ByteBuffer bigEndian) {
        long value = bigEndian.get(bigEndian.position());
        for (int i = bigEndian.position() + 1; i < bigEndian.limit(); i++) {
            value = value << 8 | bigEndian.get(i) & 0xff;
        }
        return value;
    }
}
