package org.caravan.sandbox.redshift.copy;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * A field of a Parquet record as JSON, for SERIALIZETOJSON: structs and maps become objects, lists arrays, dates and timestamps
 * text (https://docs.aws.amazon.com/redshift/latest/dg/ingest-super.html). Text that is annotated as JSON is JSON already. Used by
 * one thread.
 */
final class ParquetJson {
    /** field: "1224 String value exceeds the max size of 65535 bytes" (https://github.com/felipenoris/serialize-db, plan/POC.md) */
    private static final int LONGEST_STRING = 65535;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 12);

    /** Whether every value below a field has a form in JSON. */
    static boolean accepts(Type field) {
        if (!field.isPrimitive()) {
            return field.asGroupType().getFields().stream().allMatch(ParquetJson::accepts);
        }
        LogicalTypeAnnotation logical = field.getLogicalTypeAnnotation();
        return switch (field.asPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN, FLOAT, DOUBLE, INT96 -> true;
            case INT32, INT64 ->
                !(logical instanceof TimeLogicalTypeAnnotation)
                        && !(logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned());
            case BINARY ->
                logical instanceof StringLogicalTypeAnnotation
                        || logical instanceof EnumLogicalTypeAnnotation
                        || logical instanceof JsonLogicalTypeAnnotation
                        || logical instanceof DecimalLogicalTypeAnnotation;
            case FIXED_LEN_BYTE_ARRAY -> logical instanceof DecimalLogicalTypeAnnotation;
        };
    }

    /** The JSON of a field that is not missing. */
    byte[] of(Group record, int field) throws BadValue {
        bytes.reset();
        try (JsonGenerator out = SuperField.JSON.createGenerator(bytes)) {
            out.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
            field(record, field, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Null if it is missing, an array if it is repeated. */
    private static void field(Group record, int field, JsonGenerator out) throws IOException, BadValue {
        Type type = record.getType().getType(field);
        int count = record.getFieldRepetitionCount(field);
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            out.writeStartArray();
            for (int i = 0; i < count; i++) {
                value(record, type, field, i, out);
            }
            out.writeEndArray();
        } else if (count == 0) {
            out.writeNull();
        } else {
            value(record, type, field, 0, out);
        }
    }

    private static void value(Group record, Type type, int field, int index, JsonGenerator out)
            throws IOException, BadValue {
        if (type.isPrimitive()) {
            primitive(record, type.asPrimitiveType(), field, index, out);
            return;
        }
        Group group = record.getGroup(field, index);
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof ListLogicalTypeAnnotation) {
            list(group, out);
        } else if (logical instanceof MapLogicalTypeAnnotation) {
            map(group, out);
        } else {
            out.writeStartObject();
            for (int i = 0; i < group.getType().getFieldCount(); i++) {
                out.writeFieldName(group.getType().getFieldName(i));
                field(group, i, out);
            }
            out.writeEndObject();
        }
    }

    /** https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists: three levels, or two in old files. */
    private static void list(Group group, JsonGenerator out) throws IOException, BadValue {
        Type repeated = group.getType().getType(0);
        boolean threeLevels = !repeated.isPrimitive()
                && repeated.asGroupType().getFieldCount() == 1
                && !repeated.getName().equals("array")
                && !repeated.getName().endsWith("_tuple");
        out.writeStartArray();
        for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
            if (threeLevels) {
                field(group.getGroup(0, i), 0, out);
            } else {
                value(group, repeated, 0, i, out);
            }
        }
        out.writeEndArray();
    }

    private static void map(Group group, JsonGenerator out) throws IOException, BadValue {
        out.writeStartObject();
        for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
            Group entry = group.getGroup(0, i);
            GroupType type = entry.getType();
            out.writeFieldName(entry.getValueToString(0, 0));
            if (type.getFieldCount() > 1) {
                field(entry, 1, out);
            } else {
                out.writeNull();
            }
        }
        out.writeEndObject();
    }

    private static void primitive(Group record, PrimitiveType type, int field, int index, JsonGenerator out)
            throws IOException, BadValue {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> out.writeBoolean(record.getBoolean(field, index));
            case FLOAT -> number(record.getFloat(field, index), out);
            case DOUBLE -> number(record.getDouble(field, index), out);
            case INT96 -> out.writeString(text(int96(record.getInt96(field, index))));
            case INT32 -> integer(record.getInteger(field, index), logical, out);
            case INT64 -> integer(record.getLong(field, index), logical, out);
            case BINARY, FIXED_LEN_BYTE_ARRAY -> binary(record.getBinary(field, index), logical, out);
        }
    }

    /** NaN and the infinities are no numbers of JSON. */
    private static void number(double value, JsonGenerator out) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeString(String.valueOf(value));
        }
    }

    private static void number(float value, JsonGenerator out) throws IOException {
        if (Float.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeString(String.valueOf(value));
        }
    }

    private static void integer(long value, LogicalTypeAnnotation logical, JsonGenerator out) throws IOException {
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            out.writeNumber(BigDecimal.valueOf(value, decimal.getScale()));
        } else if (logical instanceof DateLogicalTypeAnnotation) {
            out.writeString(LocalDate.ofEpochDay(value).toString());
        } else if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            long nanosPerUnit = timestamp.getUnit() == TimeUnit.MILLIS
                    ? 1_000_000
                    : timestamp.getUnit() == TimeUnit.MICROS ? 1000 : 1;
            long unitsPerSecond = 1_000_000_000 / nanosPerUnit;
            out.writeString(text(LocalDateTime.ofEpochSecond(
                    Math.floorDiv(value, unitsPerSecond),
                    (int) (Math.floorMod(value, unitsPerSecond) * nanosPerUnit),
                    ZoneOffset.UTC)));
        } else {
            out.writeNumber(value);
        }
    }

    private static void binary(Binary value, LogicalTypeAnnotation logical, JsonGenerator out)
            throws IOException, BadValue {
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            out.writeNumber(new BigDecimal(new BigInteger(value.getBytesUnsafe()), decimal.getScale()));
            return;
        }
        byte[] text = value.getBytesUnsafe();
        Utf8.check(text, 0, text.length);
        if (logical instanceof JsonLogicalTypeAnnotation) {
            out.writeRawValue(new String(text, StandardCharsets.UTF_8));
            return;
        }
        if (text.length > LONGEST_STRING) {
            throw new BadValue(
                    BadValue.SUPER, "1224 String value exceeds the max size of " + LONGEST_STRING + " bytes");
        }
        out.writeUTF8String(text, 0, text.length);
    }

    private static LocalDateTime int96(Binary value) {
        ByteBuffer buffer = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long nanos = buffer.getLong();
        return LocalDate.ofEpochDay(buffer.getInt() - 2440588L).atStartOfDay().plusNanos(nanos);
    }

    private static String text(LocalDateTime value) {
        return value.toString().replace('T', ' ');
    }
}
