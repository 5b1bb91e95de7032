package org.caravan.verify.digest;

import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.DecimalVector;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;
import org.caravan.verify.TableSummary;

/**
 * Prints what the digest, and the summary with the digest in it, cost for a value of each type and for a row like TPC-H's lineitem, in
 * nanoseconds of the thread's processor time; docs/performance.md has the command and the figures.
 */
public final class DigestBench {
    private static final int COLUMNS = 10;
    private static final int ROUNDS = 400;
    private static final int TRIALS = 7;
    private static final int LINEITEM_BATCHES = 100;
    private static final ColumnType MONEY = new ColumnType.Decimal(15, 2);
    private static final String[] WORDS =
            "furiously quickly carefully even ideas requests deposits pending final accounts sleep above the"
                    .split(" ");

    private DigestBench() {}

    public static void main(String[] arguments) {
        Random random = new Random(1);
        System.out.println("ns of processor time a value                digest  + summary");
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
        lineitem(random);
    }

    private static void measure(String label, ColumnType type, IntFunction<Object> value) {
        Batch batch = new Batch(Cells.named(Collections.nCopies(COLUMNS, type)));
        for (int column = 0; column < COLUMNS; column++) {
            for (int row = 0; row < batch.capacity(); row++) {
                set(batch, column, row, value.apply(row));
            }
        }
        batch.setRows(batch.capacity());
        print(label, batch.columns(), Collections.nCopies(ROUNDS, batch), COLUMNS);
    }

    /** A row of lineitem: keys that grow, quantities, prices, flags, dates and comments that hardly repeat. */
    private static void lineitem(Random random) {
        List<Column> list = new ArrayList<>();
        for (ColumnType type : List.of(
                new ColumnType.Int(8),
                new ColumnType.Int(8),
                new ColumnType.Int(8),
                new ColumnType.Int(4),
                MONEY,
                MONEY,
                MONEY,
                MONEY,
                new ColumnType.Text(1),
                new ColumnType.Text(1),
                new ColumnType.Date(),
                new ColumnType.Date(),
                new ColumnType.Date(),
                new ColumnType.Text(25),
                new ColumnType.Text(10),
                new ColumnType.Text(44))) {
            list.add(new Column("c" + list.size(), type, true));
        }
        Columns columns = new Columns(list);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < LINEITEM_BATCHES; i++) {
            Batch batch = new Batch(columns);
            for (int row = 0; row < batch.capacity(); row++) {
                long key = (long) i * batch.capacity() + row;
                long day = 8000L + random.nextInt(2500);
                Object[] values = {
                    key / 4,
                    (long) random.nextInt(200_000),
                    (long) random.nextInt(10_000),
                    key % 7,
                    (1L + random.nextInt(50)) * 100,
                    90_000L + random.nextInt(10_000_000),
                    (long) random.nextInt(11),
                    (long) random.nextInt(9),
                    "ANR".substring(key % 3 == 0 ? 1 : 0).substring(0, 1),
                    day > 9000 ? "O" : "F",
                    day,
                    day + random.nextInt(60),
                    day + random.nextInt(30),
                    List.of("DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN")
                            .get(random.nextInt(4)),
                    List.of("AIR", "REG AIR", "MAIL", "TRUCK", "SHIP", "RAIL", "FOB")
                            .get(random.nextInt(7)),
                    comment(random)
                };
                for (int column = 0; column < values.length; column++) {
                    set(batch, column, row, values[column]);
                }
            }
            batch.setRows(batch.capacity());
            batches.add(batch);
        }
        print("lineitem, a row of 16 columns", columns, batches, 1);
    }

    /** Of 10 to 43 bytes. */
    private static String comment(Random random) {
        StringBuilder text = new StringBuilder();
        int length = 10 + random.nextInt(34);
        while (text.length() < length) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return text.substring(0, length);
    }

    private static void print(String label, Columns columns, List<Batch> batches, int values) {
        DigestAccumulator digest = new DigestAccumulator(columns);
        TableSummary summary = new TableSummary(columns);
        double alone = nanoseconds(batches, digest::add) / values;
        double both = nanoseconds(batches, summary::add) / values;
        long rows = (long) TRIALS * batches.size() * batches.get(0).rows();
        if (digest.digest().rows() != rows || summary.rows() != rows) {
            throw new IllegalStateException("Rows were lost");
        }
        System.out.printf("%-40s %9.1f %9.1f%n", label, alone, both);
    }

    /** A row, the least of some trials. */
    private static double nanoseconds(List<Batch> batches, Consumer<Batch> consumer) {
        double least = Double.MAX_VALUE;
        for (int trial = 0; trial < TRIALS; trial++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            batches.forEach(consumer);
            long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            least = Math.min(
                    least, (double) taken / batches.size() / batches.get(0).rows());
        }
        return least;
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
