package org.caravan.sandbox.redshift.copy;

import java.math.BigInteger;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Which physical and logical type of Parquet goes with which type of a column. */
final class ParquetTypes {
    private ParquetTypes() {}

    static boolean fits(PrimitiveType field, TargetColumn column) {
        PrimitiveTypeName physical = field.getPrimitiveTypeName();
        LogicalTypeAnnotation logical = field.getLogicalTypeAnnotation();
        return switch (column.type()) {
            case "int2" -> physical == PrimitiveTypeName.INT32 && isSigned(logical, 16);
            case "int4" -> physical == PrimitiveTypeName.INT32 && isSigned(logical, 32);
            case "int8" -> physical == PrimitiveTypeName.INT64 && isSigned(logical, 64);
            case "float4" -> physical == PrimitiveTypeName.FLOAT;
            case "float8" -> physical == PrimitiveTypeName.DOUBLE;
            case "bool" -> physical == PrimitiveTypeName.BOOLEAN;
            case "varchar", "bpchar" ->
                physical == PrimitiveTypeName.BINARY && logical instanceof StringLogicalTypeAnnotation;
            case "varbyte" -> physical == PrimitiveTypeName.BINARY && logical == null;
            case "date" -> physical == PrimitiveTypeName.INT32 && logical instanceof DateLogicalTypeAnnotation;
            // INT64 without a unit and in nanoseconds came out as nonsense years:
            // https://github.com/dask/fastparquet/issues/432, https://github.com/apache/arrow/issues/38000
            case "timestamp" ->
                physical == PrimitiveTypeName.INT96
                        || physical == PrimitiveTypeName.INT64
                                && logical instanceof TimestampLogicalTypeAnnotation timestamp
                                && timestamp.getUnit() != TimeUnit.NANOS;
            case "numeric" ->
                physical != PrimitiveTypeName.BINARY
                        && logical instanceof DecimalLogicalTypeAnnotation decimal
                        && decimal.getPrecision() == column.length()
                        && decimal.getScale() == column.scale();
            // No mapping is documented for TIMESTAMPTZ, TIME and TIMETZ.
            default -> false;
        };
    }

    /** Plain integers, or those that say the width they have; Spark says 16 bits for its short. */
    private static boolean isSigned(LogicalTypeAnnotation logical, int width) {
        return logical == null
                || logical instanceof IntLogicalTypeAnnotation integer
                        && integer.isSigned()
                        && integer.getBitWidth() == width;
    }

    static int decimalBytes(PrimitiveType field) {
        return switch (field.getPrimitiveTypeName()) {
            case INT32 -> 4;
            case INT64 -> 8;
            default -> field.getTypeLength();
        };
    }

    static int expectedBytes(int precision) {
        return precision <= 18 ? 8 : 16;
    }

    static boolean decimalFits(PrimitiveType field, int precision) {
        int found = decimalBytes(field);
        boolean fixed = field.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        return found == expectedBytes(precision)
                || precision <= 9 && found == 4 && !fixed
                || precision <= 18 && fixed && found == minimalBytes(precision);
    }

    /** The fewest bytes that hold every value of a precision with its sign. */
    static int minimalBytes(int precision) {
        return (BigInteger.TEN.pow(precision).bitLength() + 8) / 8;
    }
}
