package org.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableSummaryTest {
    @Test
    void sumsIntegersBeyondSixtyFourBits() {
        Batch batch = batch(new ColumnType.Int(8));
        for (int row = 0; row < 4; row++) {
            batch.longs(0).set(row, row == 3 ? -1 : Long.MAX_VALUE);
        }

        ColumnFacts facts = facts(batch, 4);

        BigDecimal sum = BigDecimal.valueOf(Long.MAX_VALUE)
                .multiply(BigDecimal.valueOf(3))
                .subtract(BigDecimal.ONE);
        assertThat(facts.get(Measure.SUM)).contains(ColumnFacts.exact(sum));
        assertThat(facts.get(Measure.MIN)).contains(ColumnFacts.exact(-1));
        assertThat(facts.get(Measure.MAX)).contains(ColumnFacts.exact(Long.MAX_VALUE));
    }

    @Test
    void sumsDecimalsOfThirtyEightDigitsExactly() {
        Batch batch = batch(new ColumnType.Decimal(38, 10));
        BigInteger most = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
        batch.decimals(0).set(0, most);
        batch.decimals(0).set(1, most);
        batch.decimals(0).set(2, BigInteger.ONE.negate());

        ColumnFacts facts = facts(batch, 3);

        assertThat(facts.get(Measure.SUM))
                .contains(ColumnFacts.exact(
                        new BigDecimal(most.multiply(BigInteger.TWO).subtract(BigInteger.ONE), 10)));
        assertThat(facts.get(Measure.MIN)).contains(ColumnFacts.exact(new BigDecimal("-0.0000000001")));
    }

    @Test
    void countsNullsAndHasNoExtremesOfNoValues() {
        Batch batch = batch(new ColumnType.Text(10));
        batch.bytes(0).setNull(0);
        batch.bytes(0).setNull(1);

        ColumnFacts facts = facts(batch, 2);

        assertThat(facts.get(Measure.NULLS)).contains(ColumnFacts.exact(2));
        assertThat(facts.get(Measure.MIN)).isEmpty();
        assertThat(facts.get(Measure.BYTES)).contains(ColumnFacts.exact(0));
    }

    @Test
    void ordersTextByUtf8BytesWithoutTrailingBlanksAndCountsThem() {
        Batch batch = batch(new ColumnType.Text(100));
        List<String> texts = List.of("b  ", "a ", "\uFFFD", "😀", "a");
        for (int row = 0; row < texts.size(); row++) {
            byte[] bytes = texts.get(row).getBytes(StandardCharsets.UTF_8);
            batch.bytes(0).append(row, bytes, 0, bytes.length);
        }

        ColumnFacts facts = facts(batch, texts.size());

        assertThat(facts.get(Measure.MIN)).contains("a");
        // U+1F600 sorts above U+FFFD by bytes, and below it by UTF-16 units.
        assertThat(facts.get(Measure.MAX)).contains("😀");
        assertThat(facts.get(Measure.BYTES)).contains(ColumnFacts.exact(3 + 2 + 3 + 4 + 1));
    }

    @Test
    void ordersABlankAboveATabAsBytesDo() {
        Batch batch = batch(new ColumnType.Text(100));
        List<String> texts = List.of("a ", "a\t");
        for (int row = 0; row < texts.size(); row++) {
            byte[] bytes = texts.get(row).getBytes(StandardCharsets.UTF_8);
            batch.bytes(0).append(row, bytes, 0, bytes.length);
        }

        ColumnFacts facts = facts(batch, texts.size());

        assertThat(facts.get(Measure.MIN)).contains("a\t");
        assertThat(facts.get(Measure.MAX)).contains("a");
    }

    @Test
    void hasNotANumberAboveAllAndOneZero() {
        Batch batch = batch(new ColumnType.FloatingPoint(8));
        batch.doubles(0).set(0, Double.NaN);
        batch.doubles(0).set(1, -0.0);

        ColumnFacts facts = facts(batch, 2);

        assertThat(facts.get(Measure.MIN)).contains(0.0);
        assertThat(facts.get(Measure.MAX)).isEqualTo(Optional.of(Double.NaN));
    }

    @Test
    void tellsEachDifferenceWithBothValues() {
        Batch batch = batch(new ColumnType.Int(4));
        batch.longs(0).set(0, 7);
        Batch other = batch(new ColumnType.Int(4));
        other.longs(0).set(0, 8);
        other.longs(0).setNull(1);

        List<String> differences = table(other, 2).differencesFrom(table(batch, 1));

        assertThat(differences)
                .contains(
                        "rows: 1 queried, 2 found",
                        "column 'c' nulls: '0' queried, '1' found",
                        "column 'c' sum: '7' queried, '8' found");
    }

    @Test
    void measuresATableOfSeveralBatches() {
        Batch batch = batch(new ColumnType.Bool());
        TableSummary summary = new TableSummary(batch.columns());
        for (int round = 0; round < 3; round++) {
            batch.clear();
            batch.longs(0).set(0, 1);
            batch.longs(0).set(1, 0);
            batch.setRows(2);
            summary.add(batch);
        }

        assertThat(summary.rows()).isEqualTo(6);
        assertThat(summary.facts().facts().get(0).get(Measure.TRUES)).contains(ColumnFacts.exact(3));
    }

    @Test
    void measuresTheBytesOfBinaryAndOfJsonTextAndNoExtremes() {
        ColumnFacts binary = Table.of(new ColumnType.Binary(9), "", "00ff", Optional.empty(), "ff")
                .measured(2)
                .facts()
                .get(0);
        ColumnFacts json = Table.of(
                        new ColumnType.Super(), "null", " null\n", "\"null\"", "nulls", "", Optional.empty(), "[]")
                .measured(2)
                .facts()
                .get(0);

        assertThat(binary.values())
                .isEqualTo(Map.of(Measure.NULLS, ColumnFacts.exact(1), Measure.BYTES, ColumnFacts.exact(3)));
        assertThat(json.values())
                .isEqualTo(Map.of(
                        Measure.NULLS,
                        ColumnFacts.exact(1),
                        Measure.BYTES,
                        ColumnFacts.exact(23),
                        Measure.JSON_NULLS,
                        ColumnFacts.exact(2)));
    }

    @ParameterizedTest
    @CsvSource({
        "5, JSON_TEXT, true",
        "3, JSON_TEXT, false",
        "5, AS_IS, true",
        "3, AS_IS, true",
        "2, AS_IS, false",
        "4, AS_IS, false"
    })
    void acceptsEitherCountOfNullsWhereATableHoldsSuper(long count, Storage storage, boolean accepted) {
        Table table = Table.of(new ColumnType.Super(), "null", "null", "1", "2", "3", Optional.empty());
        Columns held = table.columns().stored(type -> storage);
        Map<String, Object> row = Map.of("n", 6L, "c0_count", count);

        List<String> differences = new SummaryRows(held, List.of(row)).facts().differencesFrom(table.measured(9));

        assertThat(differences.isEmpty()).as("%s", differences).isEqualTo(accepted);
    }

    private static Batch batch(ColumnType type) {
        return new Batch(new Columns(List.of(new Column("c", type, true))), 8);
    }

    private static ColumnFacts facts(Batch batch, int rows) {
        return table(batch, rows).facts().get(0);
    }

    private static TableFacts table(Batch batch, int rows) {
        batch.setRows(rows);
        TableSummary summary = new TableSummary(batch.columns());
        summary.add(batch);
        return summary.facts();
    }
}
