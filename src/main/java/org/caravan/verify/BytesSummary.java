package org.caravan.verify;

import java.util.Map;
import org.caravan.schema.BytesVector;
import org.caravan.schema.Vector;

/** Binary, and the text of JSON values: their bytes, and how many are the JSON value null. */
final class BytesSummary extends ColumnSummary {
    private static final byte[] JSON_NULL = {'n', 'u', 'l', 'l'};

    private final boolean json;
    private long bytes;
    private long jsonNulls;

    BytesSummary(int column, boolean json) {
        super(column);
        this.json = json;
    }

    @Override
    void add(Vector vector, int rows) {
        BytesVector values = (BytesVector) vector;
        byte[] data = values.data();
        for (int row = 0; row < rows; row++) {
            if (values.isNull(row)) {
                continue;
            }
            bytes += values.length(row);
            if (json && isNull(data, values.start(row), values.start(row) + values.length(row))) {
                jsonNulls++;
            }
        }
    }

    /** Whether a JSON text is {@code null}, perhaps between blanks. */
    private static boolean isNull(byte[] data, int start, int end) {
        int from = start;
        while (from < end && isBlank(data[from])) {
            from++;
        }
        for (int i = 0; i < JSON_NULL.length; i++) {
            if (from + i >= end || data[from + i] != JSON_NULL[i]) {
                return false;
            }
        }
        from += JSON_NULL.length;
        while (from < end && isBlank(data[from])) {
            from++;
        }
        return from == end;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\n' || character == '\r';
    }

    @Override
    void put(Map<Measure, Object> facts) {
        facts.put(Measure.BYTES, ColumnFacts.exact(bytes));
        if (json) {
            facts.put(Measure.JSON_NULLS, ColumnFacts.exact(jsonNulls));
        }
    }
}
