package org.caravan.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.caravan.schema.Columns;
import org.caravan.verify.digest.Digest;
import org.caravan.verify.digest.KeptDigest;
import org.caravan.verify.digest.Sample;

/** What was measured of rows that have passed by, in a form that another process can read; immutable. */
record KeptSummary(TableFacts facts, KeptDigest digest) {
    private static final ObjectMapper JSON = new ObjectMapper();

    String toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put("rows", facts.rows());
        ArrayNode columns = json.putArray("columns");
        for (ColumnFacts column : facts.facts()) {
            ObjectNode values = columns.addObject();
            column.values().forEach((measure, value) -> values.put(measure.name(), text(value)));
        }
        json.set("asText", of(digest.asText()));
        json.set("asSuper", of(digest.asSuper()));
        return json.toString();
    }

    /** A number, a floating-point number or a text, told apart by its first letter. */
    private static String text(Object value) {
        if (value instanceof BigDecimal number) {
            return "n" + number;
        }
        return value instanceof Double number ? "f" + Double.toHexString(number) : "t" + value;
    }

    private static Object value(String text) {
        String rest = text.substring(1);
        return switch (text.charAt(0)) {
            case 'n' -> ColumnFacts.exact(new BigDecimal(rest));
            case 'f' -> Double.valueOf(rest);
            default -> rest;
        };
    }

    private static ObjectNode of(Digest digest) {
        ObjectNode json = JSON.createObjectNode();
        json.put("sample", digest.sample().oneIn());
        json.put("rows", digest.rows());
        ArrayNode columns = json.putArray("columns");
        digest.columns().forEach(figure -> columns.add(figure.toString()));
        ArrayNode groups = json.putArray("groups");
        digest.groups()
                .forEach(sums ->
                        groups.addArray().add(sums.a().toString()).add(sums.b().toString()));
        return json;
    }

    static KeptSummary ofJson(Columns columns, String text) {
        try {
            JsonNode json = JSON.readTree(text);
            List<ColumnFacts> facts = new ArrayList<>();
            for (JsonNode column : json.path("columns")) {
                Map<Measure, Object> values = new EnumMap<>(Measure.class);
                column.properties()
                        .forEach(field -> values.put(
                                Measure.valueOf(field.getKey()),
                                value(field.getValue().asText())));
                facts.add(new ColumnFacts(values));
            }
            return new KeptSummary(
                    new TableFacts(columns, json.path("rows").asLong(), facts),
                    new KeptDigest(digest(json.path("asText")), digest(json.path("asSuper"))));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("What was kept of the measured rows is no JSON", e);
        }
    }

    private static Digest digest(JsonNode json) {
        List<BigInteger> columns = new ArrayList<>();
        json.path("columns").forEach(figure -> columns.add(new BigInteger(figure.asText())));
        List<Digest.Sums> groups = new ArrayList<>();
        json.path("groups")
                .forEach(sums -> groups.add(new Digest.Sums(
                        new BigInteger(sums.path(0).asText()),
                        new BigInteger(sums.path(1).asText()))));
        Sample sample = new Sample(json.path("sample").asInt(Sample.ALL.oneIn()));
        return new Digest(sample, json.path("rows").asLong(), columns, groups);
    }
}
