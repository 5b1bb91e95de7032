package org.caravan.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;

/** The schema of an Avro file: a flat record, every field a union of null and the type that COPY loads. Stateless. */
final class AvroSchema {
    private static final JsonFactory JSON = new JsonFactory();

    private AvroSchema() {}

    static String of(Columns columns, AvroOptions options) {
        List<String> names = options.names().fields(columns);
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("type", "record");
            json.writeStringField("name", "row");
            json.writeArrayFieldStart("fields");
            for (int i = 0; i < columns.size(); i++) {
                field(columns.get(i), names.get(i), options, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The text of a JSONPaths file that gives each column, in order, the field of its name. */
    static String jsonPaths(Columns columns, AvroOptions options) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("jsonpaths");
            for (String name : options.names().fields(columns)) {
                json.writeString("$['" + name + "']");
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void field(Column column, String name, AvroOptions options, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        if (!name.equals(column.name())) {
            json.writeStringField("doc", column.name());
        }
        json.writeArrayFieldStart("type");
        json.writeString("null");
        type(column.type(), options, json);
        json.writeEndArray();
        json.writeNullField("default");
        json.writeEndObject();
    }

    private static void type(ColumnType type, AvroOptions options, JsonGenerator json) throws IOException {
        boolean logical = options.logicalTypes() == AvroOptions.LogicalTypes.NATIVE;
        if (type instanceof ColumnType.Bool) {
            json.writeString("boolean");
        } else if (type instanceof ColumnType.Int integer) {
            json.writeString(integer.bytes() == Long.BYTES ? "long" : "int");
        } else if (TextField.holds(type) || !logical) {
            json.writeString("string");
        } else if (type instanceof ColumnType.FloatingPoint number) {
            json.writeString(number.bytes() == Float.BYTES ? "float" : "double");
        } else if (type instanceof ColumnType.Binary) {
            json.writeString("bytes");
        } else {
            logical(type, json);
        }
    }

    private static void logical(ColumnType type, JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (type instanceof ColumnType.Decimal decimal) {
            json.writeStringField("type", "bytes");
            json.writeStringField("logicalType", "decimal");
            json.writeNumberField("precision", decimal.precision());
            json.writeNumberField("scale", decimal.scale());
        } else if (type instanceof ColumnType.Date) {
            json.writeStringField("type", "int");
            json.writeStringField("logicalType", "date");
        } else {
            boolean local = ((ColumnType.Timestamp) type).zone() == ColumnType.Zone.LOCAL;
            json.writeStringField("type", "long");
            json.writeStringField("logicalType", local ? "local-timestamp-micros" : "timestamp-micros");
        }
        json.writeEndObject();
    }
}
