package org.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.Test;

class TableFactsTest {
    private static final ColumnType TEXT = new ColumnType.Text(1000);

    @Test
    void differsInNothingFromTheSameRowsInAnotherOrder() {
        assertThat(Table.of(TEXT, "a", "", Optional.empty())
                        .measured(2)
                        .differencesFrom(
                                Table.of(TEXT, Optional.empty(), "a", "").measured(3)))
                .isEmpty();
    }

    @Test
    void tellsTheEmptyTextFromNull() {
        assertThat(Table.of(TEXT, Optional.empty())
                        .measured(1)
                        .differencesFrom(Table.of(TEXT, "").measured(1)))
                .containsExactly(
                        "column 'c' nulls: '0' queried, '1' found",
                        "column 'c' min: '' queried, none found",
                        "column 'c' max: '' queried, none found");
    }

    @Test
    void seesATrailingBlankByItsByte() {
        assertThat(Table.of(TEXT, "a")
                        .measured(1)
                        .differencesFrom(Table.of(TEXT, "a ").measured(1)))
                .containsExactly("column 'c' bytes: '2' queried, '1' found");
    }

    @Test
    void showsNumbersPlainly() {
        ColumnType type = new ColumnType.Decimal(38, 0);

        assertThat(Table.of(type, new BigDecimal("1E+30"))
                        .measured(1)
                        .differencesFrom(
                                Table.of(type, new BigDecimal("-2E+30")).measured(1)))
                .contains(
                        "column 'c' sum: '-2000000000000000000000000000000' queried, '1000000000000000000000000000000' found");
    }

    @Test
    void tellsNotANumberFromEveryNumberAndHasOneZero() {
        ColumnType type = new ColumnType.FloatingPoint(8);

        assertThat(Table.of(type, Double.NaN)
                        .measured(1)
                        .differencesFrom(Table.of(type, 0.0).measured(1)))
                .containsExactly(
                        "column 'c' min: '0.0' queried, 'NaN' found", "column 'c' max: '0.0' queried, 'NaN' found");
        assertThat(Table.of(type, -0.0)
                        .measured(1)
                        .differencesFrom(Table.of(type, 0.0).measured(1)))
                .isEmpty();
    }

    @Test
    void cutsLongTextWithoutHalvingACharacter() {
        String queried = "x".repeat(59) + "😀😀";
        String found = "y".repeat(60) + "z";

        assertThat(Table.of(TEXT, found)
                        .measured(1)
                        .differencesFrom(Table.of(TEXT, queried).measured(1)))
                .contains("column 'c' min: '" + "x".repeat(59) + "😀…' queried, '" + "y".repeat(60) + "…' found");
    }

    @Test
    void showsSixtyCharactersWhole() {
        String queried = "x".repeat(60);

        assertThat(Table.of(TEXT, "y")
                        .measured(1)
                        .differencesFrom(Table.of(TEXT, queried).measured(1)))
                .contains("column 'c' min: '" + queried + "' queried, 'y' found");
    }

    @Test
    void comparesTheBytesOnlyWhereTheyWereAskedFor() {
        TableFacts expected = Table.of(TEXT, "ab").measured(1);
        TableFacts without = new TableFacts(
                expected.columns(),
                1,
                java.util.List.of(
                        new ColumnFacts(Map.of(Measure.NULLS, BigDecimal.ZERO, Measure.MIN, "ab", Measure.MAX, "ab"))));

        assertThat(without.differencesFrom(expected)).isEmpty();
    }
}
