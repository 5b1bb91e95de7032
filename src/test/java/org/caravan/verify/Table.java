package org.caravan.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.DecimalVector;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** A column of values: {@code BigDecimal} for what is exact, {@code Double}, or {@code String}, of binary its
 * hexadecimal digits; empty is NULL. */
record Table(ColumnType type, List<Optional<Object>> values) {
    static Table of(ColumnType type, Object... values) {
        return new Table(
                type,
                Stream.of(values)
                        .map(value -> value instanceof Optional ? Optional.empty() : Optional.of(value))
                        .toList());
    }

    static Table random(ColumnType type, int rows, Supplier<Optional<Object>> value) {
        List<Optional<Object>> values = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            values.add(value.get());
        }
        return new Table(type, values);
    }

    Columns columns() {
        return new Columns(List.of(new Column("c", type, true)));
    }

    /** The facts as they are measured, batch by batch. */
    TableFacts measured(int batchRows) {
        Batch batch = new Batch(columns(), batchRows);
        TableSummary summary = new TableSummary(columns());
        for (int from = 0; from < values.size(); from += batchRows) {
            int to = Math.min(values.size(), from + batchRows);
            batch.clear();
            for (int row = from; row < to; row++) {
                set(batch.vector(0), batch, row - from, values.get(row));
            }
            batch.setRows(to - from);
            summary.add(batch);
        }
        return summary.facts();
    }

    /** The values that are not NULL. */
    List<Object> present() {
        return values.stream().flatMap(Optional::stream).toList();
    }

    List<BigDecimal> numbers() {
        return present().stream().map(BigDecimal.class::cast).toList();
    }

    private void set(Vector vector, Batch batch, int row, Optional<Object> value) {
        if (value.isEmpty()) {
            vector.setNull(row);
        } else if (vector instanceof DoubleVector doubles) {
            doubles.set(row, (Double) value.get());
        } else if (vector instanceof DecimalVector decimals) {
            decimals.set(row, unscaled(value.get()));
        } else if (vector instanceof LongVector longs) {
            longs.set(row, unscaled(value.get()).longValueExact());
        } else {
            byte[] bytes = type instanceof ColumnType.Binary
                    ? HexFormat.of().parseHex((String) value.get())
                    : ((String) value.get()).getBytes(StandardCharsets.UTF_8);
            batch.bytes(0).append(row, bytes, 0, bytes.length);
        }
    }

    private BigInteger unscaled(Object value) {
        int scale = type instanceof ColumnType.Decimal decimal ? decimal.scale() : 0;
        return ((BigDecimal) value).setScale(scale).unscaledValue();
    }
}
