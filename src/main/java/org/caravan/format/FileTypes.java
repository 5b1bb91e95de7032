package org.caravan.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;

/** The name of a column's type in a file of each format, made of what the encoders write; stateless. */
final class FileTypes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FileTypes() {}

    /** The physical type, and the logical one if it has one: {@code INT64 TIMESTAMP(MICROS, UTC)}. */
    static String ofParquet(Column column) {
        SchemaElement element =
                ParquetSchema.elements(new Columns(List.of(column))).get(1);
        String physical = element.getType().name().replace("FIXED_LEN_BYTE_ARRAY", "FIXED")
                + (element.isSetType_length() ? "(" + element.getType_length() + ")" : "");
        return element.isSetLogicalType() ? physical + " " + logical(element.getLogicalType()) : physical;
    }

    private static String logical(LogicalType type) {
        if (type.isSetDECIMAL()) {
            return "DECIMAL(" + type.getDECIMAL().getPrecision() + ","
                    + type.getDECIMAL().getScale() + ")";
        }
        if (type.isSetTIMESTAMP()) {
            return "TIMESTAMP(MICROS" + (type.getTIMESTAMP().isIsAdjustedToUTC() ? ", UTC)" : ")");
        }
        return type.getSetField().name();
    }

    /** Avro's type, and its logical type if it has one; what text stands for. */
    static String ofAvro(Column column, AvroOptions options) {
        // A name that every rule for names takes.
        Column named = new Column("c", column.type(), column.nullable());
        try {
            JsonNode type = JSON.readTree(AvroSchema.of(new Columns(List.of(named)), options))
                    .path("fields")
                    .path(0)
                    .path("type")
                    .path(1);
            if (type.isTextual()) {
                return type.asText().equals("string")
                        ? "string" + meaning(column.type(), options.instants())
                        : type.asText();
            }
            String scale = type.has("precision") ? "(" + type.path("precision") + "," + type.path("scale") + ")" : "";
            return type.path("type").asText() + " " + type.path("logicalType").asText() + scale;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The Avro schema is no JSON", e);
        }
    }

    static String ofText(Column column, InstantForm instants) {
        ColumnType type = column.type();
        if (type instanceof ColumnType.Bool) {
            return "true/false";
        }
        return isNumber(type) ? "number" : "text" + meaning(type, instants);
    }

    static String ofJson(Column column, JsonLinesOptions.Decimals decimals, InstantForm instants) {
        ColumnType type = column.type();
        if (type instanceof ColumnType.Bool) {
            return "true/false";
        }
        boolean text = type instanceof ColumnType.Decimal && decimals == JsonLinesOptions.Decimals.TEXT;
        return isNumber(type) && !text ? "number" : "string" + meaning(type, instants);
    }

    private static boolean isNumber(ColumnType type) {
        return type instanceof ColumnType.Int
                || type instanceof ColumnType.FloatingPoint
                || type instanceof ColumnType.Decimal;
    }

    /** What a text stands for, after a blank. */
    private static String meaning(ColumnType type, InstantForm instants) {
        if (type instanceof ColumnType.Decimal || type instanceof ColumnType.FloatingPoint) {
            return " (number)";
        }
        if (type instanceof ColumnType.Binary) {
            return " (hex)";
        }
        if (type instanceof ColumnType.Super) {
            return " (JSON)";
        }
        if (type instanceof ColumnType.Date) {
            return " (date)";
        }
        if (type instanceof ColumnType.Timestamp timestamp) {
            boolean offset = timestamp.zone() == ColumnType.Zone.INSTANT && instants == InstantForm.OFFSET;
            return offset ? " (time+00)" : " (time)";
        }
        return "";
    }
}
