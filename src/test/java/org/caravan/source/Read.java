package org.caravan.source;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.schema.Batch;
import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.DecimalVector;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;
import org.caravan.schema.RowStream;
import org.caravan.schema.Vector;

/** All that a stream of rows gave, as a test compares it. */
record Read(List<Column> columns, List<List<Object>> rows, Optional<String> failure) {
    /** Reads a stream to its end, or to its failure, and closes it. */
    static Read of(RowStream stream) {
        List<List<Object>> rows = new ArrayList<>();
        Optional<String> failure = Optional.empty();
        try (stream) {
            for (Batch batch = stream.read(1000); batch.rows() > 0; batch = stream.read(1000)) {
                for (int row = 0; row < batch.rows(); row++) {
                    rows.add(row(batch, row));
                }
            }
        } catch (CaravanException e) {
            // How far it came is told to the driver's last fetch.
            failure = Optional.of(e.category() + " " + e.getMessage().replaceAll("after \\d+ rows", "after some rows"));
        }
        // Rows before a failure come in batches, so how many were given differs.
        return new Read(stream.columns().list(), failure.isPresent() ? List.of() : rows, failure);
    }

    static Read failed(Exception e) {
        return new Read(List.of(), List.of(), Optional.of(String.valueOf(e.getMessage())));
    }

    private static List<Object> row(Batch batch, int row) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < batch.columns().size(); i++) {
            values.add(batch.vector(i).isNull(row) ? "NULL" : value(batch.vector(i), row));
        }
        return values;
    }

    private static Object value(Vector vector, int row) {
        if (vector instanceof LongVector longs) {
            return longs.get(row);
        }
        if (vector instanceof DoubleVector doubles) {
            return Long.toHexString(Double.doubleToRawLongBits(doubles.get(row)));
        }
        if (vector instanceof DecimalVector decimals) {
            return decimals.get(row);
        }
        BytesVector bytes = (BytesVector) vector;
        return "'" + bytes.text(row) + "' "
                + HexFormat.of().formatHex(bytes.data(), bytes.start(row), bytes.start(row) + bytes.length(row));
    }
}
