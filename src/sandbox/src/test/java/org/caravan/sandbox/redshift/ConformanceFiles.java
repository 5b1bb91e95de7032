package org.caravan.sandbox.redshift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** The files that directives of conformance rows describe. */
final class ConformanceFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConformanceFiles() {}

    /** The content of a file, or empty if the directive describes none. */
    static Optional<byte[]> content(String directive, String description) throws IOException {
        return switch (directive) {
            case "put" -> Optional.of(unescaped(description));
            case "hex" -> Optional.of(HexFormat.of().parseHex(description.replaceAll("\\s", "")));
            case "gzip" -> Optional.of(compressed(description, GZIPOutputStream::new));
            case "bzip2" -> Optional.of(compressed(description, BZip2CompressorOutputStream::new));
            case "zstd" -> Optional.of(compressed(description, ZstdOutputStream::new));
            case "utf16le" -> Optional.of(encoded(description, StandardCharsets.UTF_16LE));
            case "utf16be" -> Optional.of(encoded(description, StandardCharsets.UTF_16BE));
            case "utf16" -> Optional.of(encoded(description, StandardCharsets.UTF_16));
            case "repeat" -> Optional.of(repeated(description));
            case "avro" -> Optional.of(avro(description));
            case "parquet" -> Optional.of(parquet(description));
            default -> Optional.empty();
        };
    }

    private interface Compressor {
        OutputStream to(OutputStream out) throws IOException;
    }

    private static byte[] compressed(String text, Compressor compressor) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compressor.to(bytes)) {
            out.write(unescaped(text));
        }
        return bytes.toByteArray();
    }

    private static byte[] encoded(String text, Charset charset) {
        return new String(unescaped(text), StandardCharsets.UTF_8).getBytes(charset);
    }

    /** {@code 1000 text} */
    private static byte[] repeated(String description) {
        int space = description.indexOf(' ');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] text = unescaped(description.substring(space + 1));
        for (int i = 0; i < Integer.parseInt(description.substring(0, space)); i++) {
            bytes.writeBytes(text);
        }
        return bytes.toByteArray();
    }

    /** {@code \n \r \t \0 \" \\} and {@code \xHH}, which is one byte. */
    static byte[] unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (character != '\\') {
                bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            char escape = text.charAt(at++);
            switch (escape) {
                case 'n' -> bytes.write('\n');
                case 'r' -> bytes.write('\r');
                case 't' -> bytes.write('\t');
                case '0' -> bytes.write(0);
                case '\\', '"' -> bytes.write(escape);
                case 'x' -> {
                    bytes.write(Integer.parseInt(text.substring(at, at + 2), 16));
                    at += 2;
                }
                default -> throw new IllegalArgumentException("unknown escape \\" + escape + " in " + text);
            }
        }
        return bytes.toByteArray();
    }

    /** {@code [codec] {schema} [records]} */
    private static byte[] avro(String description) throws IOException {
        int start = description.indexOf('{');
        String codec = description.substring(0, start).strip();
        try (MappingIterator<JsonNode> parts =
                JSON.readerFor(JsonNode.class).readValues(description.substring(start))) {
            Schema schema = new Schema.Parser().parse(parts.next().toString());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
                writer.setCodec(CodecFactory.fromString(codec.isEmpty() ? "null" : codec));
                writer.create(schema, bytes);
                for (JsonNode record : parts.next()) {
                    writer.append(AvroValues.of(schema, record));
                }
            }
            return bytes.toByteArray();
        }
    }

    /** {@code message row {…} [rows]} */
    private static byte[] parquet(String description) throws IOException {
        int end = description.lastIndexOf('}', description.indexOf('[', description.indexOf("} [")));
        MessageType schema = MessageTypeParser.parseMessageType(description.substring(0, end + 1));
        JsonNode rows = JSON.readTree(description.substring(end + 1));
        Path file = Files.createTempFile("conformance-", ".parquet");
        try {
            ParquetFiles.write(file, schema, rows.size(), (group, number) -> fill(group, rows.get(number)));
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void fill(Group group, JsonNode values) {
        GroupType type = group.getType();
        for (Type field : type.getFields()) {
            JsonNode value = values.path(field.getName());
            if (value.isMissingNode() || value.isNull()) {
                continue;
            }
            if (field.isRepetition(Type.Repetition.REPEATED)) {
                value.forEach(element -> add(group, field, element));
            } else {
                add(group, field, value);
            }
        }
    }

    private static void add(Group group, Type field, JsonNode value) {
        String name = field.getName();
        if (!field.isPrimitive()) {
            fill(group.addGroup(name), value);
            return;
        }
        PrimitiveType primitive = field.asPrimitiveType();
        switch (primitive.getPrimitiveTypeName()) {
            case INT32 -> group.add(name, value.intValue());
            case INT64 -> group.add(name, value.longValue());
            case FLOAT -> group.add(name, value.floatValue());
            case DOUBLE -> group.add(name, value.doubleValue());
            case BOOLEAN -> group.add(name, value.booleanValue());
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> group.add(name, binary(value.textValue()));
        }
    }

    /** Text, or bytes as {@code 0x…}. */
    private static Binary binary(String text) {
        return text.startsWith("0x")
                ? Binary.fromConstantByteArray(HexFormat.of().parseHex(text.substring(2)))
                : Binary.fromString(text);
    }
}
