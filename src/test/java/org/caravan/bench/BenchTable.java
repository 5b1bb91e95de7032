package org.caravan.bench;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.DecimalVector;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/**
 * Rows for the benches, the same ones each time: {@code lineitem} (16 columns, after TPC-H), {@code customer-40} (a customer table
 * of as many columns as the number says, with NULLs), or ten columns of one type, by its name in {@link #ofType}.
 */
public final class BenchTable {
    private static final ColumnType MONEY = new ColumnType.Decimal(15, 2);
    private static final ColumnType LONG = new ColumnType.Int(8);
    private static final int TYPE_COLUMNS = 10;
    private static final int FIRST_DAY = 8036;
    private static final String[] WORDS =
            ("furiously quickly carefully even ideas requests deposits pending final accounts sleep above the blithely foxes"
                            + " regular, ironic express packages theodolites instructions use along slyly bold")
                    .split(" ");

    private final Random random = new Random(1);
    private final List<Column> list = new ArrayList<>();
    private final List<IntFunction<Object>> values = new ArrayList<>();

    private BenchTable() {}

    /** The table of a name. */
    public static BenchTable of(String name) {
        BenchTable table = new BenchTable();
        if (name.equals("lineitem")) {
            table.lineitem();
        } else if (name.startsWith("customer-")) {
            table.customer(Integer.parseInt(name.substring("customer-".length())));
        } else {
            table.ofType(name);
        }
        return table;
    }

    public Columns columns() {
        return new Columns(list);
    }

    /** So many full batches of rows. */
    public List<Batch> batches(int count) {
        Columns columns = columns();
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Batch batch = new Batch(columns, Batch.DEFAULT_CAPACITY);
            for (int row = 0; row < batch.capacity(); row++) {
                for (int column = 0; column < values.size(); column++) {
                    set(batch, column, row, values.get(column).apply(i * batch.capacity() + row));
                }
            }
            batch.setRows(batch.capacity());
            batches.add(batch);
        }
        return batches;
    }

    /** So many rows as PostgreSQL's COPY sends them. */
    public List<byte[]> copyLines(int count) {
        List<byte[]> lines = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < values.size(); column++) {
                line.append(column == 0 ? "" : "\t")
                        .append(text(list.get(column).type(), values.get(column).apply(row)));
            }
            lines.add(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        }
        return lines;
    }

    private void lineitem() {
        add("l_orderkey", LONG, row -> row / 4 + 1L);
        add("l_partkey", LONG, row -> 1L + random.nextInt(200_000));
        add("l_suppkey", LONG, row -> 1L + random.nextInt(10_000));
        add("l_linenumber", new ColumnType.Int(4), row -> row % 4 + 1L);
        add("l_quantity", MONEY, row -> (1 + random.nextInt(50)) * 100L);
        add("l_extendedprice", MONEY, row -> 90_000L + random.nextInt(10_000_000));
        add("l_discount", MONEY, row -> (long) random.nextInt(11));
        add("l_tax", MONEY, row -> (long) random.nextInt(9));
        add("l_returnflag", new ColumnType.Text(4), row -> oneOf("N", "R", "A"));
        add("l_linestatus", new ColumnType.Text(4), row -> oneOf("O", "F"));
        add("l_shipdate", new ColumnType.Date(), row -> day());
        add("l_commitdate", new ColumnType.Date(), row -> day());
        add("l_receiptdate", new ColumnType.Date(), row -> day());
        add(
                "l_shipinstruct",
                new ColumnType.Text(100),
                row -> oneOf("DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN"));
        add(
                "l_shipmode",
                new ColumnType.Text(40),
                row -> oneOf("AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK"));
        add("l_comment", new ColumnType.Text(176), row -> words(10 + random.nextInt(34)));
    }

    /** Columns as customer tables have them, over and over. */
    private void customer(int columns) {
        for (int i = 0; i < columns; i++) {
            String name = "c" + i;
            switch (i % 10) {
                case 0 -> add(name, LONG, row -> 1_000_000L + row);
                case 1 -> add(name, new ColumnType.Text(200), row -> words(6 + random.nextInt(12)));
                case 2 -> add(name, new ColumnType.Text(1000), row -> orNull(3, words(12) + row + "@example.com"));
                case 3 -> add(name, new ColumnType.Text(100), row -> oneOf("Berlin", "Köln", "München", "Hamburg"));
                case 4 -> add(name, new ColumnType.Date(), row -> orNull(5, day()));
                case 5 -> add(name, new ColumnType.Timestamp(ColumnType.Zone.LOCAL), row -> micros());
                case 6 -> add(name, new ColumnType.Bool(), row -> orNull(10, (long) random.nextInt(2)));
                case 7 -> add(name, MONEY, row -> orNull(8, (long) random.nextInt(100_000_000)));
                case 8 -> add(name, new ColumnType.Int(4), row -> (long) random.nextInt(1000));
                default -> add(name, new ColumnType.FloatingPoint(8), row -> random.nextInt(1_000_000) / 1000.0);
            }
        }
    }

    /** Ten columns of one type. */
    private void ofType(String type) {
        for (int i = 0; i < TYPE_COLUMNS; i++) {
            String name = "c" + i;
            switch (type) {
                case "smallint" -> add(name, new ColumnType.Int(2), row -> (long) (short) random.nextInt());
                case "integer" -> add(name, new ColumnType.Int(4), row -> (long) random.nextInt());
                case "bigint" -> add(name, LONG, row -> random.nextLong() >> 1);
                case "decimal12" -> add(name, new ColumnType.Decimal(12, 2), row -> random.nextLong(999_999_999_999L));
                case "decimal38" -> add(name, new ColumnType.Decimal(38, 10), row -> new BigInteger(120, random));
                case "double" -> add(name, new ColumnType.FloatingPoint(8), row -> random.nextGaussian() * 1000);
                case "text-few" -> add(name, new ColumnType.Text(100), row -> "value " + random.nextInt(4));
                case "text-some" -> add(name, new ColumnType.Text(100), row -> "value " + random.nextInt(10_000));
                case "text-unique" ->
                    add(name, new ColumnType.Text(100), row -> String.format("%070d", random.nextLong()));
                default -> throw new IllegalArgumentException("No table is named " + type);
            }
        }
    }

    private void add(String name, ColumnType type, IntFunction<Object> value) {
        list.add(new Column(name, type, true));
        values.add(value);
    }

    private Object oneOf(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private long day() {
        return (long) FIRST_DAY + random.nextInt(2500);
    }

    private long micros() {
        return day() * 86_400_000_000L + random.nextInt(86_400) * 1_000_000L;
    }

    /** What stands for NULL in one of so many rows. */
    private Object orNull(int oneOf, Object value) {
        return random.nextInt(oneOf) == 0 ? Null.NULL : value;
    }

    private String words(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return text.substring(0, length);
    }

    private static void set(Batch batch, int column, int row, Object value) {
        Vector vector = batch.vector(column);
        if (value == Null.NULL) {
            vector.setNull(row);
        } else if (vector instanceof LongVector longs) {
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

    private static String text(ColumnType type, Object value) {
        if (value == Null.NULL) {
            return "\\N";
        }
        if (type instanceof ColumnType.Bool) {
            return value.equals(1L) ? "t" : "f";
        }
        if (type instanceof ColumnType.Decimal decimal) {
            BigInteger unscaled = value instanceof BigInteger wide ? wide : BigInteger.valueOf((Long) value);
            return new BigDecimal(unscaled, decimal.scale()).toPlainString();
        }
        if (type instanceof ColumnType.Date) {
            return LocalDate.ofEpochDay((Long) value).toString();
        }
        if (type instanceof ColumnType.Timestamp) {
            long seconds = (Long) value / 1_000_000;
            return LocalDate.ofEpochDay(seconds / 86_400)
                    + String.format(" %02d:%02d:%02d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        }
        return value.toString();
    }

    private enum Null {
        NULL
    }
}
