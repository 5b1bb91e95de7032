package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random tables, options and batch sizes: what goes in must come out. */
class ParquetRandomTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765, 10946})
    void comesOutAsItWentIn(long seed) throws IOException, SQLException {
        Random random = new Random(seed);
        int size = random.nextInt(6000);
        Rows rows = new Rows();
        List<ColumnType> types = new ArrayList<>();
        for (int column = 0; column < 1 + random.nextInt(12); column++) {
            ColumnType type = type(random);
            types.add(type);
            rows.and("c" + column, type, values(random, type, size));
        }
        ParquetOptions options = ParquetOptions.builder()
                .codec(List.of(ParquetCodec.values()).get(random.nextInt(4)))
                .rowGroupBytes(1 + random.nextInt(1 << 20))
                .rowGroupRows(1 + random.nextInt(4000))
                .pageBytes(1 + random.nextInt(20_000))
                .pageRows(1 + random.nextInt(3000))
                .dictionaryBytes(random.nextInt(4000))
                .build();
        Path file = ParquetFile.write(directory.resolve("random.parquet"), options, rows, 1 + random.nextInt(3000));

        try (DuckDb duckDb = new DuckDb()) {
            List<List<Optional<String>>> read = duckDb.query(file, "SELECT * FROM read_parquet($file)");
            assertThat(read).as("%s", options).hasSize(size);
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < types.size(); column++) {
                    Optional<Object> value =
                            Optional.ofNullable(rows.values(column).get(row));
                    String text = value.map(
                                    types.get(column) instanceof ColumnType.Decimal decimal
                                            ? unscaled -> new BigDecimal(
                                                            new BigInteger(unscaled.toString()), decimal.scale())
                                                    .toPlainString()
                                            : Object::toString)
                            .orElse("NULL");
                    assertThat(render(types.get(column), read.get(row).get(column)))
                            .as("seed %s, %s, column %s %s, row %s", seed, options, column, types.get(column), row)
                            .isEqualTo(text);
                }
            }
        }
    }

    /** What DuckDB shows of a value, in the form of the test's own value. */
    private static String render(ColumnType type, Optional<String> read) {
        if (read.isEmpty()) {
            return "NULL";
        }
        String text = read.get();
        if (type instanceof ColumnType.Bool) {
            return text.equals("true") ? "1" : "0";
        }
        if (type instanceof ColumnType.Date) {
            return Long.toString(LocalDate.parse(text).toEpochDay());
        }
        if (type instanceof ColumnType.FloatingPoint) {
            return Double.toString(Double.parseDouble(text));
        }
        return text;
    }

    private static ColumnType type(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> new ColumnType.Bool();
            case 1 -> new ColumnType.Int(2);
            case 2 -> new ColumnType.Int(4);
            case 3 -> new ColumnType.Int(8);
            case 4 -> new ColumnType.FloatingPoint(8);
            case 5 -> new ColumnType.Decimal(1 + random.nextInt(38), 0);
            case 6 -> new ColumnType.Date();
            default -> new ColumnType.Text(300);
        };
    }

    private static List<Object> values(Random random, ColumnType type, int size) {
        double nullShare = random.nextBoolean() ? 0 : random.nextDouble();
        int distinct = 1 + random.nextInt(random.nextBoolean() ? 20 : 100_000);
        int run = 1 + random.nextInt(40);
        List<Object> values = new ArrayList<>(size);
        long seed = random.nextLong();
        for (int row = 0; row < size; row++) {
            if (random.nextDouble() < nullShare) {
                values.add(null);
            } else {
                values.add(value(new Random(seed + (row / run) * 31L % distinct), type));
            }
        }
        return values;
    }

    private static Object value(Random random, ColumnType type) {
        if (type instanceof ColumnType.Bool) {
            return (long) random.nextInt(2);
        }
        if (type instanceof ColumnType.Int integer) {
            return random.nextLong() >> (Long.SIZE - integer.bytes() * Byte.SIZE);
        }
        if (type instanceof ColumnType.FloatingPoint) {
            return random.nextGaussian();
        }
        if (type instanceof ColumnType.Decimal decimal) {
            BigInteger unscaled = new BigInteger(120, random).mod(BigInteger.TEN.pow(decimal.precision()));
            return random.nextBoolean() ? unscaled : unscaled.negate();
        }
        if (type instanceof ColumnType.Date) {
            return (long) random.nextInt(2_000_000) - 700_000;
        }
        return random.ints(random.nextInt(100), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
