package org.caravan.verify.digest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.DecimalVector;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/**
 * A table, row by row: {@code BigDecimal} for what is exact (0 and 1 for booleans, days, microseconds), {@code Double}, or
 * {@code String}, of binary its lower-case hexadecimal digits; empty is NULL.
 */
public record Cells(Columns columns, List<List<Optional<Object>>> rows) {
    public Cells {
        rows = List.copyOf(rows);
    }

    /** One column named {@code c0}; an empty {@code Optional} is NULL. */
    public static Cells column(ColumnType type, Object... values) {
        return new Cells(
                named(List.of(type)),
                Arrays.stream(values).map(Cells::cell).map(List::of).toList());
    }

    /** Columns named {@code c0}, {@code c1} …. */
    public static Columns named(List<ColumnType> types) {
        return new Columns(IntStream.range(0, types.size())
                .mapToObj(i -> new Column("c" + i, types.get(i), true))
                .toList());
    }

    public static List<Optional<Object>> row(Object... values) {
        return Stream.of(values).map(Cells::cell).toList();
    }

    private static Optional<Object> cell(Object value) {
        return value instanceof Optional ? Optional.empty() : Optional.of(value);
    }

    Cells withRows(List<List<Optional<Object>>> changed) {
        return new Cells(columns, changed);
    }

    Cells with(int row, int column, Optional<Object> value) {
        List<List<Optional<Object>>> changed = new ArrayList<>(rows);
        List<Optional<Object>> cells = new ArrayList<>(rows.get(row));
        cells.set(column, value);
        changed.set(row, cells);
        return withRows(changed);
    }

    /** The digest, computed in batches of so many rows. */
    public Digest digest(int batchRows) {
        return accumulated(batchRows).digest();
    }

    /** The digest of a table that holds the columns in the given storages. */
    public Digest digest(Columns table) {
        return accumulated(Batch.DEFAULT_CAPACITY).digest(table);
    }

    /** The digest of a sample of such a table. */
    public Digest digest(Columns table, Sample sample) {
        return accumulated(Batch.DEFAULT_CAPACITY, sample).digest(table);
    }

    /** The digest of a sample, computed in batches of so many rows. */
    Digest digest(int batchRows, Sample sample) {
        return accumulated(batchRows, sample).digest();
    }

    private DigestAccumulator accumulated(int batchRows) {
        return accumulated(batchRows, Sample.ALL);
    }

    private DigestAccumulator accumulated(int batchRows, Sample sample) {
        DigestAccumulator accumulator = new DigestAccumulator(columns, sample);
        Batch batch = new Batch(columns, batchRows);
        for (int from = 0; from < rows.size(); from += batchRows) {
            int to = Math.min(rows.size(), from + batchRows);
            batch.clear();
            for (int row = from; row < to; row++) {
                for (int column = 0; column < columns.size(); column++) {
                    set(batch, column, row - from, rows.get(row).get(column));
                }
            }
            batch.setRows(to - from);
            accumulator.add(batch);
        }
        return accumulator;
    }

    public Digest digest() {
        return digest(Batch.DEFAULT_CAPACITY);
    }

    private void set(Batch batch, int column, int row, Optional<Object> value) {
        Vector vector = batch.vector(column);
        if (value.isEmpty()) {
            vector.setNull(row);
        } else if (vector instanceof DoubleVector doubles) {
            doubles.set(row, (Double) value.get());
        } else if (vector instanceof DecimalVector decimals) {
            decimals.set(row, unscaled(column, value.get()));
        } else if (vector instanceof LongVector longs) {
            longs.set(row, unscaled(column, value.get()).longValueExact());
        } else {
            String text = (String) value.get();
            byte[] bytes = columns.get(column).type() instanceof ColumnType.Binary
                    ? HexFormat.of().parseHex(text)
                    : text.getBytes(StandardCharsets.UTF_8);
            batch.bytes(column).append(row, bytes, 0, bytes.length);
        }
    }

    private BigInteger unscaled(int column, Object value) {
        int scale = columns.get(column).type() instanceof ColumnType.Decimal decimal ? decimal.scale() : 0;
        return ((BigDecimal) value).setScale(scale).unscaledValue();
    }
}
