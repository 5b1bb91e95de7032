package org.caravan.sandbox.redshift.copy;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Compares a file's columns with the table's, by position and with exact types. The mapping is that of
 * https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-copy-from-columnar.html and of the field reports collected in
 * the project's notes on Redshift; what is in neither is refused.
 */
final class ParquetColumns {
    private static final int MISMATCH = 15007;
    private static final int WRONG_LENGTH = 15001;

    private ParquetColumns() {}

    /** The file's columns in the order of the table's. */
    static List<ColumnDescriptor> match(MessageType schema, List<TargetColumn> table, S3Location file, String https)
            throws CopyFailure.Thrown {
        if (schema.getFieldCount() != table.size()) {
            throw spectrum(
                    MISMATCH,
                    "Unmatched number of columns between table and file. Table columns: " + table.size()
                            + ", Data columns: " + schema.getFieldCount() + ", File name: " + https,
                    file);
        }
        List<ColumnDescriptor> columns = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            Type field = schema.getType(i);
            TargetColumn column = table.get(i);
            if (!field.isPrimitive()
                    || field.isRepetition(Type.Repetition.REPEATED)
                    || !fits(field.asPrimitiveType(), column)) {
                throw incompatible(schema, field, column, file, https);
            }
            checkLength(field.asPrimitiveType(), column, file);
            columns.add(schema.getColumnDescription(new String[] {field.getName()}));
        }
        return columns;
    }

    private static boolean fits(PrimitiveType field, TargetColumn column) {
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
            // No mapping is documented for TIMESTAMPTZ, TIME, TIMETZ; SUPER takes SERIALIZETOJSON.
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

    /** field: "column 'num' has an invalid type length. Expecting: 8 len in file: 13" */
    private static void checkLength(PrimitiveType field, TargetColumn column, S3Location file)
            throws CopyFailure.Thrown {
        if (!column.type().equals("numeric")) {
            return;
        }
        int precision = column.length();
        int expected = precision <= 18 ? 8 : 16;
        int found =
                switch (field.getPrimitiveTypeName()) {
                    case INT32 -> 4;
                    case INT64 -> 8;
                    default -> field.getTypeLength();
                };
        boolean fixed = field.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        boolean fits = found == expected
                || precision <= 9 && found == 4 && !fixed
                || precision <= 18 && fixed && found == minimalBytes(precision);
        if (!fits) {
            throw spectrum(
                    WRONG_LENGTH,
                    "column '" + field.getName() + "' has an invalid type length. Expecting: " + expected
                            + " len in file: " + found,
                    file);
        }
    }

    /** The fewest bytes that hold every value of a precision with its sign. */
    static int minimalBytes(int precision) {
        return (java.math.BigInteger.TEN.pow(precision).bitLength() + 8) / 8;
    }

    private static CopyFailure.Thrown incompatible(
            MessageType schema, Type field, TargetColumn column, S3Location file, String https) {
        int definition = schema.getMaxDefinitionLevel(field.getName());
        int repetition = schema.getMaxRepetitionLevel(field.getName());
        return spectrum(
                MISMATCH,
                "File '" + https + "' has an incompatible Parquet schema for column '" + file + "." + column.name()
                        + "'. Column type: " + column.spectrumType() + ", Parquet schema:\n"
                        + field.toString().strip() + " [i:"
                        + schema.getFieldIndex(field.getName()) + " d:" + definition + " r:" + repetition + "]",
                file);
    }

    private static CopyFailure.Thrown spectrum(int code, String context, S3Location file) {
        return CopyFailure.spectrum(code, context, LoadError.ofFile(file, code, context))
                .thrown();
    }
}
