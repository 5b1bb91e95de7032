package org.caravan.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.caravan.schema.ValueException;

/** Finds text that is no JSON before a table is to hold it as JSON. Stateless. */
final class JsonCheck {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonCheck() {}

    /** Refuses what is not one JSON value by a {@link ValueException}. */
    static void require(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new ValueException("is blank, which is no JSON");
            }
            parser.skipChildren();
            JsonToken more = parser.nextToken();
            if (more != null) {
                throw new ValueException("is more than one JSON value");
            }
        } catch (JsonProcessingException e) {
            throw new ValueException("is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
