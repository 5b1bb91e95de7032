package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.VariantType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * The columns of a result as the manifest tells them
 * (docs.databricks.com/api/workspace/statementexecution/getstatement, {@code manifest.schema.columns}).
 */
final class ResultSchema {
    private ResultSchema() {}

    static ObjectNode of(StructType schema) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("column_count", schema.length());
        ArrayNode columns = node.putArray("columns");
        StructField[] fields = schema.fields();
        for (int position = 0; position < fields.length; position++) {
            DataType type = fields[position].dataType();
            ObjectNode column = columns.addObject();
            column.put("name", fields[position].name());
            column.put("type_text", type.sql());
            typeName(type).ifPresent(name -> column.put("type_name", name));
            column.put("position", position);
            if (type instanceof DecimalType decimal) {
                column.put("type_precision", decimal.precision());
                column.put("type_scale", decimal.scale());
            }
        }
        return node;
    }

    /** The API's name of a type; TIMESTAMP_NTZ has none, the driver goes by its text (DatabricksResultSetMetaData, 3.4.1). */
    private static Optional<String> typeName(DataType type) {
        if (type instanceof DayTimeIntervalType || type instanceof YearMonthIntervalType) {
            return Optional.of("INTERVAL");
        }
        return Optional.ofNullable(
                type instanceof ByteType
                        ? "BYTE"
                        : type instanceof ShortType
                                ? "SHORT"
                                : type instanceof IntegerType
                                        ? "INT"
                                        : type instanceof LongType
                                                ? "LONG"
                                                : type instanceof FloatType
                                                        ? "FLOAT"
                                                        : type instanceof DoubleType
                                                                ? "DOUBLE"
                                                                : type instanceof DecimalType
                                                                        ? "DECIMAL"
                                                                        : type instanceof StringType
                                                                                ? "STRING"
                                                                                : type instanceof BinaryType
                                                                                        ? "BINARY"
                                                                                        : type instanceof BooleanType
                                                                                                ? "BOOLEAN"
                                                                                                : type
                                                                                                                instanceof
                                                                                                                DateType
                                                                                                        ? "DATE"
                                                                                                        : type
                                                                                                                        instanceof
                                                                                                                        TimestampType
                                                                                                                ? "TIMESTAMP"
                                                                                                                : type
                                                                                                                                instanceof
                                                                                                                                ArrayType
                                                                                                                        ? "ARRAY"
                                                                                                                        : type
                                                                                                                                        instanceof
                                                                                                                                        MapType
                                                                                                                                ? "MAP"
                                                                                                                                : type
                                                                                                                                                instanceof
                                                                                                                                                StructType
                                                                                                                                        ? "STRUCT"
                                                                                                                                        : type
                                                                                                                                                        instanceof
                                                                                                                                                        VariantType
                                                                                                                                                ? "VARIANT"
                                                                                                                                                : type
                                                                                                                                                                instanceof
                                                                                                                                                                NullType
                                                                                                                                                        ? "NULL"
                                                                                                                                                        : null);
    }
}
