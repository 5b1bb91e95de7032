package org.caravan.verify.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may happen to rows on their way, and that the digest sees it. */
class DigestChangesTest {
    private static final int ROWS = 60;
    private static final BigInteger P = BigInteger.valueOf(Field.P);
    private static final List<ColumnType> TYPES = List.of(
            new ColumnType.Int(8),
            new ColumnType.Decimal(12, 2),
            new ColumnType.Decimal(38, 10),
            new ColumnType.FloatingPoint(8),
            new ColumnType.Text(1000),
            new ColumnType.Bool(),
            new ColumnType.Timestamp(ColumnType.Zone.LOCAL));
    private static final int KEY = 0;
    private static final int TIME = 6;

    static Stream<Long> seeds() {
        return IntStream.range(0, 40).mapToObj(Long::valueOf);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void seesOneChangedValueAndNamesItsColumn(long seed) {
        Random random = new Random(seed);
        Cells table = table(random);
        int row = random.nextInt(ROWS);
        for (int column = 0; column < TYPES.size(); column++) {
            Optional<Object> value = table.rows().get(row).get(column);
            if (value.isEmpty()) {
                continue;
            }
            for (Optional<Object> changed :
                    List.of(nearest(random, TYPES.get(column), value.get()), Optional.empty())) {
                Digest digest = table.with(row, column, changed).digest();

                assertThat(digest.differingColumns(table.digest()))
                        .as("%s to %s", value, changed)
                        .containsExactly(column);
                assertThat(digest.groups()).isNotEqualTo(table.digest().groups());
            }
        }
    }

    @Test
    void seesEachChangedBitOfAnInteger() {
        Digest digest = Cells.column(new ColumnType.Int(8), BigDecimal.valueOf(1234567890123L))
                .digest();

        for (int bit = 0; bit < 64; bit++) {
            Digest changed = Cells.column(new ColumnType.Int(8), BigDecimal.valueOf(1234567890123L ^ (1L << bit)))
                    .digest();
            assertThat(changed.differingColumns(digest)).as("bit %s", bit).containsExactly(0);
            assertThat(changed.groups()).isNotEqualTo(digest.groups());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void seesTwoRowsValuesSwappedInOneColumnAlthoughNoColumnChanged(long seed) {
        Random random = new Random(seed);
        Cells table = table(random);
        for (int column = 1; column < TYPES.size(); column++) {
            int one = random.nextInt(ROWS);
            int other = random.nextInt(ROWS);
            Optional<Object> first = table.rows().get(one).get(column);
            Optional<Object> second = table.rows().get(other).get(column);
            if (first.equals(second)) {
                continue;
            }

            Digest digest =
                    table.with(one, column, second).with(other, column, first).digest();

            assertThat(digest.columns()).isEqualTo(table.digest().columns());
            assertThat(digest.groups()).isNotEqualTo(table.digest().groups());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void seesRowsLostDoubledOrReplacedByAnother(long seed) {
        Random random = new Random(seed);
        Cells table = table(random);
        int row = random.nextInt(ROWS);
        int other = (row + 1 + random.nextInt(ROWS - 1)) % ROWS;

        assertSeen(table, rows -> without(rows, row));
        assertSeen(table, rows -> Stream.concat(rows.stream(), Stream.of(rows.get(row)))
                .toList());
        assertSeen(table, rows -> Stream.concat(without(rows, row).stream(), Stream.of(rows.get(other)))
                .toList());
    }

    @Test
    void seesNullTurnedIntoEmptyTextOrBlanksAdded() {
        Digest digest =
                Cells.column(new ColumnType.Text(10), Optional.empty(), "a").digest();

        assertThat(Cells.column(new ColumnType.Text(10), "", "a").digest()).isNotEqualTo(digest);
        assertThat(Cells.column(new ColumnType.Text(10), Optional.empty(), "a ").digest())
                .isNotEqualTo(digest);
        assertThat(Cells.column(new ColumnType.Text(10), " ", "a").digest())
                .isNotEqualTo(Cells.column(new ColumnType.Text(10), "", "a").digest());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void seesAShiftedTimeZone(long seed) {
        Cells table = table(new Random(seed));
        BigDecimal hour = BigDecimal.valueOf(3_600_000_000L);

        Cells shifted = table.withRows(table.rows().stream()
                .map(row -> replaced(row, TIME, row.get(TIME).map(time -> ((BigDecimal) time).add(hour))))
                .toList());

        assertThat(shifted.digest().differingColumns(table.digest())).containsExactly(TIME);
    }

    @Test
    void seesChangesThatCancelInASum() {
        ColumnType type = new ColumnType.Int(4);

        // Values whose first, third and fifth powers cancel: the offset tells them apart.
        assertThat(Cells.column(type, number(5), number(-5)).digest().columns())
                .isNotEqualTo(Cells.column(type, number(7), number(-7)).digest().columns());
        assertThat(Cells.column(type, number(100), number(200)).digest().columns())
                .isNotEqualTo(
                        Cells.column(type, number(101), number(199)).digest().columns());
    }

    /** Two sets of numbers whose sums of first to fifth powers are equal (Prouhet, Tarry, Escott). */
    @Test
    void seesSetsWhosePowerSumsAreEqualUpToTheFifth() {
        Cells one = column(0, 5, 6, 16, 17, 22);
        Cells other = column(1, 2, 10, 12, 20, 21);

        // The columns' figures, fifth powers, are equal modulo p; the rows' powers are of a higher degree.
        assertThat(one.digest().columns().get(0).mod(P))
                .isEqualTo(other.digest().columns().get(0).mod(P));
        assertThat(one.digest().groups()).isNotEqualTo(other.digest().groups());
    }

    /** All rows of six booleans with an even number of TRUE, against all with an odd: any five columns agree. */
    @Test
    void seesAFlippedParityColumn() {
        List<ColumnType> types = Collections.nCopies(6, new ColumnType.Bool());
        List<List<Optional<Object>>> even = new ArrayList<>();
        List<List<Optional<Object>>> odd = new ArrayList<>();
        for (int bits = 0; bits < 64; bits++) {
            int row = bits;
            List<Optional<Object>> cells = IntStream.range(0, 6)
                    .mapToObj(i -> Optional.<Object>of(BigDecimal.valueOf(row >> i & 1)))
                    .toList();
            (Integer.bitCount(bits) % 2 == 0 ? even : odd).add(cells);
        }

        assertThat(new Cells(Cells.named(types), even).digest().groups())
                .isNotEqualTo(new Cells(Cells.named(types), odd).digest().groups());
    }

    private static Cells column(int... values) {
        return Cells.column(
                new ColumnType.Int(4),
                IntStream.of(values).mapToObj(DigestChangesTest::number).toArray());
    }

    private static BigDecimal number(int value) {
        return BigDecimal.valueOf(value);
    }

    /** Rows with a key of their own each. */
    private static Cells table(Random random) {
        Cells table = RandomCells.table(random, TYPES, ROWS);
        List<List<Optional<Object>>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(replaced(table.rows().get(i), KEY, Optional.of(BigDecimal.valueOf(i))));
        }
        return table.withRows(rows);
    }

    private static void assertSeen(Cells table, UnaryOperator<List<List<Optional<Object>>>> change) {
        assertThat(table.withRows(change.apply(table.rows())).digest().groups())
                .isNotEqualTo(table.digest().groups());
    }

    private static List<List<Optional<Object>>> without(List<List<Optional<Object>>> rows, int row) {
        List<List<Optional<Object>>> left = new ArrayList<>(rows);
        left.remove(row);
        return left;
    }

    private static List<Optional<Object>> replaced(List<Optional<Object>> row, int column, Optional<Object> value) {
        List<Optional<Object>> cells = new ArrayList<>(row);
        cells.set(column, value);
        return cells;
    }

    /** A value that differs from another as little as the type allows, or in one bit. */
    private static Optional<Object> nearest(Random random, ColumnType type, Object value) {
        if (type instanceof ColumnType.Bool) {
            return Optional.of(BigDecimal.ONE.subtract((BigDecimal) value));
        }
        if (type instanceof ColumnType.Text) {
            return Optional.of(((String) value) + (random.nextBoolean() ? " " : "\u0301"));
        }
        if (value instanceof Double number) {
            return Optional.of(
                    Double.isNaN(number)
                            ? Double.POSITIVE_INFINITY
                            : number > 0 ? Math.nextDown(number) : Math.nextUp(number));
        }
        BigDecimal number = (BigDecimal) value;
        if (type instanceof ColumnType.Decimal decimal) {
            BigDecimal least = new BigDecimal(BigInteger.ONE, decimal.scale());
            return Optional.of(number.signum() > 0 ? number.subtract(least) : number.add(least));
        }
        return Optional.of(BigDecimal.valueOf(number.longValueExact() ^ (1L << random.nextInt(40))));
    }
}
