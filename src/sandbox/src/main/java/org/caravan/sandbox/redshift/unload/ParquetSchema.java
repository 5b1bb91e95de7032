package org.caravan.sandbox.redshift.unload;

import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The types of unloaded Parquet files. Those of BIGINT, DATE, VARCHAR, DOUBLE PRECISION, DECIMAL(18,2) and TIMESTAMP, and that
 * every column is optional, were read in a footer that the real service wrote
 * (https://github.com/felipenoris/serialize-db, plan/POC.md); the others follow from them. SUPER is JSON:
 * https://docs.aws.amazon.com/redshift/latest/dg/unload_semistructured_data.html.
 */
final class ParquetSchema {
    private ParquetSchema() {}

    static MessageType of(List<ResultColumn> columns, List<Integer> kept) {
        Types.MessageTypeBuilder schema = Types.buildMessage();
        for (int index : kept) {
            schema.addField(field(columns.get(index)));
        }
        return schema.named("schema");
    }

    /** The bytes of a decimal: the widths that COPY takes. */
    static int decimalBytes(int precision) {
        return precision <= 18 ? 8 : 16;
    }

    private static Type field(ResultColumn column) {
        return switch (column.type()) {
            case SMALLINT -> annotated(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(16, true), column);
            case INTEGER -> annotated(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(32, true), column);
            case BIGINT -> annotated(PrimitiveTypeName.INT64, LogicalTypeAnnotation.intType(64, true), column);
            case REAL -> Types.optional(PrimitiveTypeName.FLOAT).named(column.name());
            case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
            case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
            case DATE -> annotated(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType(), column);
            case TIMESTAMP, TIMESTAMPTZ ->
                Types.optional(PrimitiveTypeName.INT96).named(column.name());
            case DECIMAL -> {
                int precision = column.length().orElseThrow();
                yield Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        .length(decimalBytes(precision))
                        .as(LogicalTypeAnnotation.decimalType(column.scale(), precision))
                        .named(column.name());
            }
            case SUPER -> annotated(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.jsonType(), column);
            case CHAR, VARCHAR, TEXT -> annotated(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType(), column);
            case TIME, TIMETZ, VARBYTE, OTHER ->
                throw new IllegalArgumentException("Parquet files have no column of type " + column.type());
        };
    }

    private static Type annotated(PrimitiveTypeName physical, LogicalTypeAnnotation logical, ResultColumn column) {
        return Types.optional(physical).as(logical).named(column.name());
    }
}
