package org.caravan.sandbox.redshift.unload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.caravan.sandbox.redshift.wire.DataRow;

/** One value as text: PostgreSQL's own, but for SUPER, which has no spaces, and VARBYTE, which is hexadecimal digits only. */
final class FieldText {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(com.fasterxml.jackson.core.StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private final List<ResultColumn> columns;

    FieldText(List<ResultColumn> columns) {
        this.columns = columns;
    }

    ResultColumn column(int index) {
        return columns.get(index);
    }

    /** The bytes of a value that is not NULL. */
    byte[] bytes(DataRow row, int index) {
        ResultColumn column = columns.get(index);
        return switch (column.type()) {
            case SUPER -> compact(row.text(index)).getBytes(StandardCharsets.UTF_8);
            case VARBYTE -> row.text(index).substring(2).getBytes(StandardCharsets.ISO_8859_1);
            default -> {
                byte[] bytes = new byte[row.length(index)];
                row.buffer(index).get(bytes);
                yield bytes;
            }
        };
    }

    /** What stands for NULL; SUPER has JSON's, whatever NULL AS says: r_UNLOAD.html, NULL AS. */
    byte[] nullValue(int index, byte[] nullAs) {
        return columns.get(index).type() == ResultColumn.Type.SUPER
                ? "null".getBytes(StandardCharsets.US_ASCII)
                : nullAs;
    }

    /** PostgreSQL puts a space after every colon and comma. */
    static String compact(String json) {
        try {
            return JSON.writeValueAsString(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL's jsonb is not JSON", e);
        }
    }
}
