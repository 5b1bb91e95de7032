package org.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is measured while rows pass by is what one would compute of them at leisure; on random rows with fixed seeds. */
class RandomSummaryTest {
    private static final int ROWS = 3000;
    private static final List<String> PIECES =
            List.of("", " ", "  ", "a", "Z", "0", "é", "ß", "€", "\uFFFD", "😀", "𐍈", "a ", " a", "\t", "~");
    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        1.5,
        -1.5,
        Double.MIN_VALUE,
        -Double.MAX_VALUE,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    static Stream<ColumnType> numbers() {
        return Stream.of(
                new ColumnType.Int(2),
                new ColumnType.Int(4),
                new ColumnType.Int(8),
                new ColumnType.Decimal(1, 0),
                new ColumnType.Decimal(18, 0),
                new ColumnType.Decimal(18, 18),
                new ColumnType.Decimal(19, 4),
                new ColumnType.Decimal(38, 0),
                new ColumnType.Decimal(38, 19),
                new ColumnType.Decimal(38, 37));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void sumsAndOrdersNumbersExactly(ColumnType type) {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            Table table = Table.random(type, ROWS, orNull(random, () -> number(type, random)));

            ColumnFacts facts = facts(table, 1 + random.nextInt(700));

            List<BigDecimal> numbers = table.numbers();
            assertThat(facts)
                    .isEqualTo(new ColumnFacts(Map.of(
                            Measure.NULLS,
                            ColumnFacts.exact(ROWS - numbers.size()),
                            Measure.MIN,
                            ColumnFacts.exact(Collections.min(numbers)),
                            Measure.MAX,
                            ColumnFacts.exact(Collections.max(numbers)),
                            Measure.SUM,
                            ColumnFacts.exact(numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add)))));
        }
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void sumsTheLargestNumbersOfOneSignExactly(ColumnType type) {
        for (BigDecimal extreme : List.of(largest(type), least(type))) {
            Table table = Table.random(type, 1000, () -> Optional.of(extreme));

            assertThat(facts(table, 2048).get(Measure.SUM))
                    .contains(ColumnFacts.exact(extreme.multiply(BigDecimal.valueOf(1000))));
        }
    }

    @Test
    void ordersTextAsUtf8BytesWithoutTrailingBlanksAndCountsAllBytes() {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            Table table = Table.random(new ColumnType.Text(100), ROWS, orNull(random, () -> text(random)));

            ColumnFacts facts = facts(table, 100);

            List<String> texts =
                    table.present().stream().map(String.class::cast).toList();
            Comparator<String> byBytes = (a, b) -> Arrays.compareUnsigned(bytes(a), bytes(b));
            List<String> trimmed =
                    texts.stream().map(text -> text.replaceAll(" +$", "")).toList();
            assertThat(facts)
                    .isEqualTo(new ColumnFacts(Map.of(
                            Measure.NULLS,
                            ColumnFacts.exact(ROWS - texts.size()),
                            Measure.MIN,
                            Collections.min(trimmed, byBytes),
                            Measure.MAX,
                            Collections.max(trimmed, byBytes),
                            Measure.BYTES,
                            ColumnFacts.exact(texts.stream()
                                    .mapToLong(text -> bytes(text).length)
                                    .sum()))));
        }
    }

    @Test
    void ordersFloatingPointNumbersWithNotANumberAboveAll() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Table table = Table.random(
                    new ColumnType.FloatingPoint(8),
                    1 + random.nextInt(4),
                    () -> Optional.of(DOUBLES[random.nextInt(DOUBLES.length)]));

            ColumnFacts facts = facts(table, 2);

            List<Double> doubles = table.present().stream()
                    .map(Double.class::cast)
                    .map(value -> value == 0 ? Double.valueOf(0) : value)
                    .toList();
            assertThat(facts.get(Measure.MIN)).as("least of %s", doubles).contains(Collections.min(doubles));
            assertThat(facts.get(Measure.MAX)).as("greatest of %s", doubles).contains(Collections.max(doubles));
        }
    }

    @Test
    void countsTruesAndNulls() {
        Random random = new Random(7);
        Table table = Table.random(
                new ColumnType.Bool(),
                ROWS,
                orNull(random, () -> random.nextBoolean() ? BigDecimal.ONE : BigDecimal.ZERO));

        ColumnFacts facts = facts(table, 100);

        long trues = table.present().stream().filter(BigDecimal.ONE::equals).count();
        assertThat(facts)
                .isEqualTo(new ColumnFacts(Map.of(
                        Measure.NULLS,
                        ColumnFacts.exact(ROWS - table.present().size()),
                        Measure.TRUES,
                        ColumnFacts.exact(trues))));
    }

    static Stream<ColumnType> types() {
        return Stream.concat(
                numbers(),
                Stream.of(
                        new ColumnType.Bool(),
                        new ColumnType.FloatingPoint(4),
                        new ColumnType.Text(10),
                        new ColumnType.Date(),
                        new ColumnType.Timestamp(ColumnType.Zone.LOCAL)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void hasNoExtremesOfNullsOnlyAndOfNoRows(ColumnType type) {
        for (int rows : new int[] {0, 5}) {
            TableFacts table = Table.random(type, rows, Optional::empty).measured(2);
            ColumnFacts facts = table.facts().get(0);

            assertThat(table.rows()).isEqualTo(rows);
            assertThat(facts.get(Measure.NULLS)).contains(ColumnFacts.exact(rows));
            assertThat(facts.get(Measure.MIN)).isEmpty();
            assertThat(facts.get(Measure.MAX)).isEmpty();
            for (Measure measure : List.of(Measure.SUM, Measure.TRUES, Measure.BYTES)) {
                facts.get(measure).ifPresent(value -> assertThat(value).isEqualTo(BigDecimal.ZERO));
            }
        }
    }

    private static ColumnFacts facts(Table table, int batchRows) {
        return table.measured(batchRows).facts().get(0);
    }

    private static Supplier<Optional<Object>> orNull(Random random, Supplier<Object> value) {
        return () -> random.nextInt(7) == 0 ? Optional.empty() : Optional.of(value.get());
    }

    private static BigDecimal number(ColumnType type, Random random) {
        if (random.nextInt(50) == 0) {
            return random.nextBoolean() ? largest(type) : least(type);
        }
        BigDecimal range = largest(type).subtract(least(type)).add(largest(type).ulp());
        BigInteger unscaled = new BigInteger(200, random).mod(range.unscaledValue());
        return least(type).add(new BigDecimal(unscaled, range.scale()));
    }

    private static BigDecimal largest(ColumnType type) {
        if (type instanceof ColumnType.Decimal decimal) {
            return new BigDecimal(BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE), decimal.scale());
        }
        int bits = 8 * ((ColumnType.Int) type).bytes();
        return new BigDecimal(BigInteger.ONE.shiftLeft(bits - 1).subtract(BigInteger.ONE));
    }

    private static BigDecimal least(ColumnType type) {
        return type instanceof ColumnType.Int
                ? largest(type).add(BigDecimal.ONE).negate()
                : largest(type).negate();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
