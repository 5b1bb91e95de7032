package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Function1;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows in the format JSON_ARRAY: an array of arrays of strings, NULL as JSON's null, timestamps in ISO 8601
 * (docs.databricks.com/api/workspace/statementexecution/executestatement, {@code format}). Nested values are JSON texts.
 */
final class ResultJson {
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 3, 6, true)
            .toFormatter();
    private static final DateTimeFormatter INSTANT =
            new DateTimeFormatterBuilder().append(LOCAL).appendOffsetId().toFormatter();

    private final ZoneId zone;

    private ResultJson(ZoneId zone) {
        this.zone = zone;
    }

    /** The rows as {@code data_array}; call with the session active, and with Spark's java.time API switched on. */
    static ArrayNode render(Collected rows) {
        ResultJson json = new ResultJson(ZoneId.of(rows.timeZone(), ZoneId.SHORT_IDS));
        Function1<Object, Object> converter = CatalystTypeConverters.createToScalaConverter(rows.schema());
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (InternalRow internal : rows.rows()) {
            Row row = (Row) converter.apply(internal);
            ArrayNode values = array.addArray();
            for (int column = 0; column < row.length(); column++) {
                Optional.ofNullable(row.get(column)).map(json::text).ifPresentOrElse(values::add, values::addNull);
            }
        }
        return array;
    }

    private String text(Object value) {
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Instant instant) {
            return INSTANT.format(instant.atZone(zone));
        }
        if (value instanceof LocalDateTime local) {
            return LOCAL.format(local);
        }
        if (value instanceof Row || value instanceof scala.collection.Iterable<?>) {
            return nested(value).toString();
        }
        return value.toString();
    }

    private JsonNode nested(Object value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value == null) {
            return json.nullNode();
        }
        if (value instanceof Row row) {
            ObjectNode object = json.objectNode();
            for (int i = 0; i < row.length(); i++) {
                object.set(row.schema().fieldNames()[i], nested(row.get(i)));
            }
            return object;
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            ObjectNode object = json.objectNode();
            for (Tuple2<?, ?> entry :
                    CollectionConverters.asJava((scala.collection.Iterable<? extends Tuple2<?, ?>>) map)) {
                object.set(text(entry._1()), nested(entry._2()));
            }
            return object;
        }
        if (value instanceof scala.collection.Iterable<?> items) {
            ArrayNode array = json.arrayNode();
            CollectionConverters.asJava(items).forEach(item -> array.add(nested(item)));
            return array;
        }
        if (value instanceof Boolean flag) {
            return json.booleanNode(flag);
        }
        if (value instanceof BigDecimal decimal) {
            return json.numberNode(decimal);
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return json.numberNode(((Number) value).longValue());
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return json.numberNode(number.doubleValue());
        }
        return json.textNode(text(value));
    }
}
