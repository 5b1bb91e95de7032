package org.caravan.format;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.DecimalVector;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;
import org.caravan.schema.RowStream;
import org.caravan.schema.Vector;

/** Rows as tests write them down, column by column: {@code Long}, {@code Double}, {@code BigInteger}, {@code String},
 * {@code byte[]} or null. */
final class Rows {
    private final List<Column> columns = new ArrayList<>();
    private final List<List<Object>> values = new ArrayList<>();

    static Rows of(String name, ColumnType type, Object... values) {
        return new Rows().and(name, type, values);
    }

    Rows and(String name, ColumnType type, Object... column) {
        return and(name, type, Arrays.asList(column));
    }

    Rows and(String name, ColumnType type, List<Object> column) {
        columns.add(new Column(name, type, true));
        values.add(column);
        return this;
    }

    Columns columns() {
        return new Columns(columns);
    }

    List<Object> values(int column) {
        return values.get(column);
    }

    int columnCount() {
        return columns.size();
    }

    int size() {
        return values.get(0).size();
    }

    /** A batch of all rows. */
    Batch batch() {
        return batch(0, size());
    }

    Batch batch(int from, int to) {
        Batch batch = new Batch(columns(), Math.max(1, to - from));
        for (int column = 0; column < columns.size(); column++) {
            for (int row = from; row < to; row++) {
                set(
                        batch.vector(column),
                        batch,
                        column,
                        row - from,
                        Optional.ofNullable(values.get(column).get(row)));
            }
        }
        batch.setRows(to - from);
        return batch;
    }

    /** The rows as a source gives them. */
    Stream stream() {
        return new Stream(this);
    }

    private static void set(Vector vector, Batch batch, int column, int row, Optional<Object> value) {
        if (value.isEmpty()) {
            vector.setNull(row);
        } else if (vector instanceof LongVector longs) {
            longs.set(row, ((Number) value.get()).longValue());
        } else if (vector instanceof DoubleVector doubles) {
            doubles.set(row, ((Number) value.get()).doubleValue());
        } else if (vector instanceof DecimalVector decimals) {
            decimals.set(row, (BigInteger) value.get());
        } else {
            byte[] bytes = value.get() instanceof byte[] binary
                    ? binary
                    : ((String) value.get()).getBytes(StandardCharsets.UTF_8);
            batch.bytes(column).append(row, bytes, 0, bytes.length);
        }
    }

    /** Gives the rows batch by batch, and remembers whether it was closed. */
    static final class Stream implements RowStream {
        private final Rows rows;
        private int position;
        private int closed;

        private Stream(Rows rows) {
            this.rows = rows;
        }

        @Override
        public Columns columns() {
            return rows.columns();
        }

        @Override
        public Batch read(int maxRows) {
            int end = Math.min(rows.size(), position + maxRows);
            Batch batch = rows.batch(position, end);
            position = end;
            return batch;
        }

        @Override
        public void close() {
            closed++;
        }

        int timesClosed() {
            return closed;
        }
    }
}
