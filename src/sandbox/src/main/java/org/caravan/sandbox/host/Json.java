package org.caravan.sandbox.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the host's JSON. */
final class Json {
    private static final ObjectMapper LINE = new ObjectMapper();
    private static final ObjectMapper PRETTY = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    static String line(Object value) {
        return write(LINE, value);
    }

    static String pretty(Object value) {
        return write(PRETTY, value) + "\n";
    }

    static Map<String, Object> object(String text) throws IOException {
        return LINE.readValue(text, new TypeReference<>() {});
    }

    /** The file's value, or nothing where there is no file. */
    static <T> Optional<T> read(Path file, Class<T> type) {
        try {
            return Optional.of(LINE.readValue(Files.readString(file), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new SandboxFailure(file + " cannot be read: " + e.getMessage() + "; delete it", e);
        }
    }

    private static String write(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
        }
    }
}
