package org.caravan.sandbox.redshift.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An error or a notice in the words of the service. */
public record SqlError(String severity, String state, String message, Optional<String> detail) {
    public static final String SYNTAX_ERROR = "42601";
    public static final String NOT_SUPPORTED = "0A000";
    public static final String INVALID_PARAMETER = "22023";
    /** Redshift reports nearly everything that goes wrong in COPY as an internal error. */
    public static final String INTERNAL = "XX000";

    public static SqlError error(String state, String message) {
        return new SqlError("ERROR", state, message, Optional.empty());
    }

    public static SqlError fatal(String state, String message) {
        return new SqlError("FATAL", state, message, Optional.empty());
    }

    public static SqlError info(String message) {
        return new SqlError("INFO", "00000", message, Optional.empty());
    }

    public SqlError withDetail(String text) {
        return new SqlError(severity, state, message, Optional.of(text));
    }

    /** The body of an ErrorResponse or a NoticeResponse. */
    public byte[] body() {
        Message.Writer writer = new Message.Writer();
        writer.byte1('S').string(severity).byte1('C').string(state).byte1('M').string(message);
        detail.ifPresent(text -> writer.byte1('D').string(text));
        return writer.byte1(0).toBytes();
    }

    /** Whether an ErrorResponse says that there is no such table. */
    public static boolean isMissingTable(byte[] body) {
        return "42P01".equals(fields(body).get('C'));
    }

    /** Whether an ErrorResponse says that a concurrent transaction stands in the way. */
    public static boolean isSerializationFailure(byte[] body) {
        return "40001".equals(fields(body).get('C'));
    }

    /** The fields of an ErrorResponse, by their one-letter names. */
    static Map<Character, String> fields(byte[] body) {
        Map<Character, String> fields = new LinkedHashMap<>();
        Message.Reader reader = new Message.Reader(body);
        while (reader.hasMore()) {
            char field = reader.character();
            if (field == 0) {
                break;
            }
            fields.put(field, reader.string());
        }
        return fields;
    }

    public static byte[] body(Map<Character, String> fields) {
        Message.Writer writer = new Message.Writer();
        fields.forEach((field, text) ->
                writer.byte1(field).bytes(text.getBytes(StandardCharsets.UTF_8)).byte1(0));
        return writer.byte1(0).toBytes();
    }
}
