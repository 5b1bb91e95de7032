package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/**
 * The parameters of one statement, as typed Spark literals.
 *
 * <p>The API sends each value as text with a type ({@code {"ordinal":1,"type":"DECIMAL(3,2)","value":"1.50"}}, or with a
 * {@code name}); a missing value is NULL and a missing type STRING
 * (docs.databricks.com/api/workspace/statementexecution/executestatement).
 */
final class Parameters {
    private final Map<String, Object> values;

    private Parameters(Map<String, Object> values) {
        this.values = values;
    }

    /** @throws Refused when a value does not fit its type, or a marker has no value */
    static Parameters of(JsonNode parameters, int markers, String timeZone) {
        Map<String, Object> values = new HashMap<>();
        for (JsonNode parameter : parameters) {
            String name = parameter.hasNonNull("name")
                    ? parameter.get("name").asText()
                    : ParameterRewriter.name(parameter.path("ordinal").asInt());
            String type = parameter.path("type").asText("STRING");
            Optional<String> value = parameter.hasNonNull("value")
                    ? Optional.of(parameter.get("value").asText())
                    : Optional.empty();
            values.put(name, literal(type, value, timeZone));
        }
        for (int ordinal = 1; ordinal <= markers; ordinal++) {
            if (!values.containsKey(ParameterRewriter.name(ordinal))) {
                throw new Refused(
                        "UNBOUND_SQL_PARAMETER",
                        "42P02",
                        "Found the unbound parameter: marker " + ordinal + " of " + markers + " has no value.");
            }
        }
        return new Parameters(values);
    }

    /** By name without the colon, as {@code SparkSession.sql} takes them. */
    Map<String, Object> values() {
        return values;
    }

    private static Column literal(String typeName, Optional<String> value, String timeZone) {
        DataType type = typeOf(typeName);
        if (value.isEmpty() || type.equals(DataTypes.NullType)) {
            return ExpressionUtils.column(new Literal(null, type));
        }
        Literal text = new Literal(UTF8String.fromString(value.get()), DataTypes.StringType);
        Object bound = type.equals(DataTypes.BinaryType)
                ? UTF8String.fromString(value.get()).getBytes()
                : new Cast(text, type, Option.apply(timeZone), EvalMode$.MODULE$.ANSI()).eval(null);
        return ExpressionUtils.column(new Literal(bound, type));
    }

    private static DataType typeOf(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "NULL", "VOID" -> DataTypes.NullType;
            default -> new CatalystSqlParser().parseDataType(name);
        };
    }
}
