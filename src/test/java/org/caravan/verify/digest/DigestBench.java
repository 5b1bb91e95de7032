package org.caravan.verify.digest;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.caravan.schema.Batch;
import org.caravan.schema.ColumnType;
import org.caravan.schema.DecimalVector;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** Prints what the digest costs for a value of each type; docs/performance.md has the command and the figures. */
public final class DigestBench {
    private static final int COLUMNS = 10;
    private static final int ROUNDS = 400;
    private static final int TRIALS = 7;

    private DigestBench() {}

    public static void main(String[] arguments) {
        Random random = new Random(1);
        measure("smallint, boolean, date", new ColumnType.Int(2), row -> (long) (short) random.nextInt());
        measure("integer", new ColumnType.Int(4), row -> (long) random.nextInt());
        measure("bigint, timestamp", new ColumnType.Int(8), row -> random.nextLong());
        measure("decimal(12,2)", new ColumnType.Decimal(12, 2), row -> random.nextLong(999_999_999_999L));
        measure("decimal(38,10)", new ColumnType.Decimal(38, 10), row -> new BigInteger(120, random));
        measure("double precision", new ColumnType.FloatingPoint(8), row -> random.nextGaussian() * 1000);
        measure("text, 4 values", new ColumnType.Text(100), row -> "value " + random.nextInt(4));
        measure("text, some 2,000 values", new ColumnType.Text(100), row -> "value " + random.nextInt(10_000));
        measure(
                "text of 70 bytes, never known",
                new ColumnType.Text(100),
                row -> String.format("%070d", random.nextInt(Integer.MAX_VALUE)));
    }

    private static void measure(String label, ColumnType type, IntFunction<Object> value) {
        Batch batch = new Batch(Cells.named(Collections.nCopies(COLUMNS, type)));
        for (int column = 0; column < COLUMNS; column++) {
            for (int row = 0; row < batch.capacity(); row++) {
                set(batch, column, row, value.apply(row));
            }
        }
        batch.setRows(batch.capacity());
        Map<Integer, Double> nanoseconds = new LinkedHashMap<>();
        for (int trial = 0; trial < TRIALS; trial++) {
            DigestAccumulator accumulator = new DigestAccumulator(batch.columns());
            long start = System.nanoTime();
            for (int i = 0; i < ROUNDS; i++) {
                accumulator.add(batch);
            }
            long taken = System.nanoTime() - start;
            if (accumulator.digest().rows() != (long) ROUNDS * batch.rows()) {
                throw new IllegalStateException("Rows were lost");
            }
            nanoseconds.put(trial, (double) taken / ROUNDS / batch.rows() / COLUMNS);
        }
        System.out.printf("%-32s %6.1f ns a value%n", label, Collections.min(nanoseconds.values()));
    }

    private static void set(Batch batch, int column, int row, Object value) {
        Vector vector = batch.vector(column);
        if (vector instanceof LongVector longs) {
            longs.set(row, (Long) value);
        } else if (vector instanceof DoubleVector doubles) {
            doubles.set(row, (Double) value);
        } else if (vector instanceof DecimalVector decimals) {
            decimals.set(row, (BigInteger) value);
        } else {
            byte[] bytes = ((String) value).getBytes(StandardCharsets.UTF_8);
            batch.bytes(column).append(row, bytes, 0, bytes.length);
        }
    }
}
