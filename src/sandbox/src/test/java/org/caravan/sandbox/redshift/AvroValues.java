package org.caravan.sandbox.redshift;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Plain JSON as the values of an Avro schema; of a union the first branch that takes the value. */
final class AvroValues {
    private AvroValues() {}

    static Object of(Schema schema, JsonNode json) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> json.booleanValue();
            case INT -> json.intValue();
            case LONG -> json.longValue();
            case FLOAT -> json.floatValue();
            case DOUBLE -> json.doubleValue();
            case STRING -> json.textValue();
            case BYTES -> ByteBuffer.wrap(bytes(json));
            case FIXED -> new GenericData.Fixed(schema, bytes(json));
            case ENUM -> new GenericData.EnumSymbol(schema, json.textValue());
            case ARRAY -> {
                List<Object> elements = new ArrayList<>();
                json.forEach(element -> elements.add(of(schema.getElementType(), element)));
                yield elements;
            }
            case MAP -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                json.properties()
                        .forEach(entry -> entries.put(entry.getKey(), of(schema.getValueType(), entry.getValue())));
                yield entries;
            }
            case RECORD -> {
                GenericData.Record record = new GenericData.Record(schema);
                for (Schema.Field field : schema.getFields()) {
                    record.put(field.pos(), of(field.schema(), json.path(field.name())));
                }
                yield record;
            }
            case UNION -> {
                for (Schema branch : schema.getTypes()) {
                    if (takes(branch, json)) {
                        yield of(branch, json);
                    }
                }
                throw new IllegalArgumentException(json + " fits none of " + schema);
            }
        };
    }

    private static boolean takes(Schema schema, JsonNode json) {
        return switch (schema.getType()) {
            case NULL -> json.isNull() || json.isMissingNode();
            case BOOLEAN -> json.isBoolean();
            case INT, LONG -> json.isIntegralNumber();
            case FLOAT, DOUBLE -> json.isNumber();
            case STRING, BYTES, FIXED, ENUM -> json.isTextual();
            case ARRAY -> json.isArray();
            case MAP, RECORD -> json.isObject();
            case UNION -> false;
        };
    }

    private static byte[] bytes(JsonNode json) {
        return HexFormat.of().parseHex(json.textValue().substring(2));
    }
}
