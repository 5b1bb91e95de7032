package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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
    private record TypeName(Class<? extends DataType> type, String name) {}

    private static final List<TypeName> NAMES = List.of(
            new TypeName(DayTimeIntervalType.class, "INTERVAL"),
            new TypeName(YearMonthIntervalType.class, "INTERVAL"),
            new TypeName(ByteType.class, "BYTE"),
            new TypeName(ShortType.class, "SHORT"),
            new TypeName(IntegerType.class, "INT"),
            new TypeName(LongType.class, "LONG"),
            new TypeName(FloatType.class, "FLOAT"),
            new TypeName(DoubleType.class, "DOUBLE"),
            new TypeName(DecimalType.class, "DECIMAL"),
            new TypeName(StringType.class, "STRING"),
            new TypeName(BinaryType.class, "BINARY"),
            new TypeName(BooleanType.class, "BOOLEAN"),
            new TypeName(DateType.class, "DATE"),
            new TypeName(TimestampType.class, "TIMESTAMP"),
            new TypeName(ArrayType.class, "ARRAY"),
            new TypeName(MapType.class, "MAP"),
            new TypeName(StructType.class, "STRUCT"),
            new TypeName(VariantType.class, "VARIANT"),
            new TypeName(NullType.class, "NULL"));

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
        return NAMES.stream()
                .filter(name -> name.type().isInstance(type))
                .map(TypeName::name)
                .findFirst();
    }
}
