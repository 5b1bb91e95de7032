package org.caravan.sandbox.redshift.copy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/** SUPER: one JSON value. */
final class SuperField implements FieldValue {
    private static final int LIMIT = 16 * 1024 * 1024;
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LIMIT)
                    .maxNumberLength(LIMIT)
                    .build())
            .build();

    static boolean is(TargetColumn column) {
        return column.type().equals("super") || column.type().equals("jsonb");
    }

    @Override
    public void write(byte[] text, int from, int to, RowBuffer out) throws BadValue {
        if (to - from > LIMIT) {
            throw new BadValue(BadValue.OUT_OF_RANGE, "SUPER value exceeds 16 MB");
        }
        try (JsonParser parser = JSON.createParser(text, from, to - from)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                boolean named = token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING;
                if (named && parser.getText().indexOf('\0') >= 0) {
                    throw new BadValue(BadValue.SUPER, "Invalid JSON: NUL in a string");
                }
                if (depth == 0 && parser.nextToken() != null) {
                    throw new BadValue(BadValue.SUPER, "Invalid JSON: more than one value");
                }
                if (depth == 0) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new BadValue(BadValue.SUPER, "Invalid JSON: " + firstLine(e));
        }
        // jsonb_recv in PostgreSQL's jsonb.c: the version, then the text
        out.int32(to - from + 1);
        out.int8(1);
        out.raw(text, from, to - from);
    }

    private static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
