package org.caravan.verify.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the digest of any rows. */
class DigestAlgebraTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void isTheReferencesForRandomTypesAndRows(long seed) {
        Random random = new Random(seed);
        Cells table = RandomCells.table(random, 1 + random.nextInt(8), 200);

        assertThat(table.digest(1 + random.nextInt(90))).isEqualTo(Reference.digest(table));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void dependsNeitherOnTheOrderOfRowsNorOnTheirBatches(long seed) {
        Random random = new Random(seed);
        Cells table = RandomCells.table(random, 5, 300);
        List<List<Optional<Object>>> shuffled = new ArrayList<>(table.rows());
        Collections.shuffle(shuffled, random);

        assertThat(table.withRows(shuffled).digest(7)).isEqualTo(table.digest(300));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void addsUpOverParts(long seed) {
        Random random = new Random(seed);
        Cells table = RandomCells.table(random, 5, 300);
        int cut = random.nextInt(300);

        Digest parts = table.withRows(table.rows().subList(0, cut))
                .digest()
                .plus(table.withRows(table.rows().subList(cut, 300)).digest());

        assertThat(parts).isEqualTo(table.digest());
    }

    @Test
    void isTheSameForANumberInEveryTypeThatHoldsIt() {
        Digest digest =
                Cells.column(new ColumnType.Int(2), new BigDecimal(-12345)).digest();

        for (ColumnType type : List.of(
                new ColumnType.Int(4),
                new ColumnType.Int(8),
                new ColumnType.Decimal(5, 0),
                new ColumnType.Decimal(18, 10),
                new ColumnType.Decimal(38, 0),
                new ColumnType.Decimal(38, 30))) {
            assertThat(Cells.column(type, new BigDecimal(-12345)).digest())
                    .as("%s", type)
                    .isEqualTo(digest);
        }
    }

    @Test
    void isZeroForNoRows() {
        Digest digest = Cells.column(new ColumnType.Text(10)).digest();

        assertThat(digest)
                .isEqualTo(new Digest(
                        0, List.of(BigInteger.ZERO), List.of(new Digest.Sums(BigInteger.ZERO, BigInteger.ZERO))));
    }

    @Test
    void sumsExactlyBeyond64Bits() {
        // 2^33 rows, each doubling the last.
        Digest digest = Cells.column(new ColumnType.Int(4), BigDecimal.TEN).digest();
        BigInteger figure = digest.columns().get(0);
        for (int i = 0; i < 40; i++) {
            digest = digest.plus(digest);
        }

        assertThat(digest.rows()).isEqualTo(1L << 40);
        assertThat(digest.columns().get(0)).isEqualTo(figure.shiftLeft(40));
    }

    @Test
    void refusesToAddDigestsOfOtherColumns() {
        Digest one = Cells.column(new ColumnType.Int(4)).digest();
        Digest two = new Cells(Cells.named(List.of(new ColumnType.Int(4), new ColumnType.Int(4))), List.of()).digest();

        assertThatThrownBy(() -> one.plus(two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 and of 2 columns");
    }

    @Test
    void remembersRepeatedTextWithoutMixingItUp() {
        Random random = new Random(5);
        List<List<Optional<Object>>> rows = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            // Few values, many values, and few again: the memory pauses and returns.
            int range = i / 10_000 == 1 ? 1_000_000 : 50;
            rows.add(List.of(Optional.of("value " + random.nextInt(range))));
        }
        Cells table = new Cells(Cells.named(List.of(new ColumnType.Text(100))), rows);

        assertThat(table.digest()).isEqualTo(Reference.digest(table));
    }

    @Test
    void splitsIntoGroupsOnlyWhatASubqueryCannotName() {
        List<ColumnType> narrow = Collections.nCopies(1600, new ColumnType.Int(2));
        List<ColumnType> doubles = Collections.nCopies(1600, new ColumnType.FloatingPoint(8));

        assertThat(Groups.of(Cells.named(narrow))).containsExactly(new Groups.Range(0, 1600));
        assertThat(Groups.of(Cells.named(doubles)))
                .containsExactly(
                        new Groups.Range(0, 533),
                        new Groups.Range(533, 1066),
                        new Groups.Range(1066, 1599),
                        new Groups.Range(1599, 1600));
    }
}
