package org.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The exact words for each type in both engines, and what is made of their answers. */
class SummaryTextTest {
    private static final String TEN_TO_28 = "10000000000000000000000000000";
    private static final String EPOCH = "TIMESTAMP '1970-01-01 00:00:00'";

    static Stream<Arguments> expressions() {
        return Stream.of(
                arguments(
                        new ColumnType.Bool(),
                        "SUM(CASE WHEN \"c\" THEN 1 ELSE 0 END) AS c0_trues",
                        "SUM(CASE WHEN `c` THEN 1 ELSE 0 END) AS c0_trues"),
                arguments(
                        new ColumnType.Int(8),
                        "MIN(\"c\") AS c0_min, MAX(\"c\") AS c0_max, SUM(CAST(\"c\" AS DECIMAL(38,0))) AS c0_sum",
                        "MIN(`c`) AS c0_min, MAX(`c`) AS c0_max, SUM(CAST(`c` AS DECIMAL(38,0))) AS c0_sum"),
                arguments(
                        new ColumnType.Decimal(28, 3),
                        "MIN(\"c\") AS c0_min, MAX(\"c\") AS c0_max, SUM(CAST(\"c\" AS DECIMAL(38,3))) AS c0_sum",
                        "MIN(`c`) AS c0_min, MAX(`c`) AS c0_max, SUM(CAST(`c` AS DECIMAL(38,3))) AS c0_sum"),
                arguments(
                        new ColumnType.Decimal(29, 3),
                        "MIN(\"c\") AS c0_min, MAX(\"c\") AS c0_max, SUM(CAST((\"c\" - (\"c\" % CAST(1 AS DECIMAL(29,3)))) AS DECIMAL(38,0))) AS c0_whole,"
                                + " SUM(CAST((\"c\" % CAST(1 AS DECIMAL(29,3))) AS DECIMAL(38,3))) AS c0_fraction",
                        "MIN(`c`) AS c0_min, MAX(`c`) AS c0_max, SUM(CAST((`c` - (`c` % CAST(1 AS DECIMAL(29,3)))) AS DECIMAL(38,0))) AS c0_whole,"
                                + " SUM(CAST((`c` % CAST(1 AS DECIMAL(29,3))) AS DECIMAL(38,3))) AS c0_fraction"),
                arguments(
                        new ColumnType.Decimal(38, 0),
                        "MIN(\"c\") AS c0_min, MAX(\"c\") AS c0_max, SUM(CAST(CAST(ROUND(CAST((\"c\" - (\"c\" % CAST("
                                + TEN_TO_28
                                + " AS DECIMAL(38,0)))) AS DOUBLE PRECISION) / CAST('1E28' AS DOUBLE PRECISION)) AS BIGINT) AS DECIMAL(38,0)))"
                                + " AS c0_top, SUM(CAST((\"c\" % CAST(" + TEN_TO_28
                                + " AS DECIMAL(38,0))) AS DECIMAL(38,0))) AS c0_whole",
                        "MIN(`c`) AS c0_min, MAX(`c`) AS c0_max, SUM(CAST(((`c` - (`c` % CAST(" + TEN_TO_28
                                + " AS DECIMAL(38,0)))) / CAST(" + TEN_TO_28
                                + " AS DECIMAL(38,0))) AS DECIMAL(38,0))) AS c0_top,"
                                + " SUM(CAST((`c` % CAST(" + TEN_TO_28
                                + " AS DECIMAL(38,0))) AS DECIMAL(38,0))) AS c0_whole"),
                arguments(
                        new ColumnType.FloatingPoint(4),
                        "CAST(MIN(\"c\") AS DOUBLE PRECISION) AS c0_min, CAST(MAX(\"c\") AS DOUBLE PRECISION) AS c0_max",
                        "CAST(MIN(`c`) AS DOUBLE) AS c0_min, CAST(MAX(`c`) AS DOUBLE) AS c0_max"),
                arguments(
                        new ColumnType.Text(9),
                        "MIN(\"c\") AS c0_min, MAX(\"c\") AS c0_max, SUM(CAST(OCTET_LENGTH(\"c\") AS BIGINT)) AS c0_bytes",
                        "MIN(`c`) AS c0_min, MAX(`c`) AS c0_max"),
                arguments(
                        new ColumnType.Date(),
                        "DATEDIFF(day, DATE '1970-01-01', MIN(\"c\")) AS c0_min, DATEDIFF(day, DATE '1970-01-01', MAX(\"c\")) AS c0_max",
                        "unix_date(MIN(`c`)) AS c0_min, unix_date(MAX(`c`)) AS c0_max"),
                arguments(
                        new ColumnType.Timestamp(ColumnType.Zone.LOCAL),
                        "DATEDIFF(microsecond, " + EPOCH + ", MIN(\"c\")) AS c0_min, DATEDIFF(microsecond, " + EPOCH
                                + ", MAX(\"c\")) AS c0_max",
                        "unix_micros(CAST(MIN(`c`) AS TIMESTAMP)) AS c0_min, unix_micros(CAST(MAX(`c`) AS TIMESTAMP)) AS c0_max"),
                arguments(
                        new ColumnType.Timestamp(ColumnType.Zone.INSTANT),
                        "DATEDIFF(microsecond, " + EPOCH
                                + ", (MIN(\"c\") AT TIME ZONE 'UTC')) AS c0_min, DATEDIFF(microsecond, " + EPOCH
                                + ", (MAX(\"c\") AT TIME ZONE 'UTC')) AS c0_max",
                        "unix_micros(CAST(MIN(`c`) AS TIMESTAMP)) AS c0_min, unix_micros(CAST(MAX(`c`) AS TIMESTAMP)) AS c0_max"));
    }

    static Stream<Arguments> storages() {
        return Stream.of(
                arguments(
                        new ColumnType.Timestamp(ColumnType.Zone.INSTANT),
                        Storage.UTC,
                        ", DATEDIFF(microsecond, " + EPOCH + ", MIN(\"c\")) AS c0_min, DATEDIFF(microsecond, " + EPOCH
                                + ", MAX(\"c\")) AS c0_max",
                        ", unix_micros(CAST(MIN(`c`) AS TIMESTAMP)) AS c0_min, unix_micros(CAST(MAX(`c`) AS TIMESTAMP)) AS c0_max"),
                arguments(
                        new ColumnType.FloatingPoint(4),
                        Storage.NUMBER_TEXT,
                        ", CAST(MIN(CAST(\"c\" AS REAL)) AS DOUBLE PRECISION) AS c0_min,"
                                + " CAST(MAX(CAST(\"c\" AS REAL)) AS DOUBLE PRECISION) AS c0_max",
                        ", CAST(MIN(CAST(`c` AS FLOAT)) AS DOUBLE) AS c0_min, CAST(MAX(CAST(`c` AS FLOAT)) AS DOUBLE) AS c0_max"),
                arguments(
                        new ColumnType.Binary(9),
                        Storage.AS_IS,
                        ", SUM(CAST(OCTET_LENGTH(\"c\") AS BIGINT)) AS c0_bytes",
                        ""),
                arguments(
                        new ColumnType.Binary(9),
                        Storage.HEX,
                        ", SUM(CAST(OCTET_LENGTH(FROM_HEX(\"c\")) AS BIGINT)) AS c0_bytes",
                        ""),
                arguments(
                        new ColumnType.Super(),
                        Storage.JSON_TEXT,
                        ", SUM(CAST(OCTET_LENGTH(\"c\") AS BIGINT)) AS c0_bytes",
                        ""),
                arguments(new ColumnType.Super(), Storage.AS_IS, "", ""));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("storages")
    void readsAColumnFromHowTheTableHoldsIt(ColumnType type, Storage storage, String redshift, String databricks) {
        Columns columns = new Columns(List.of(new Column("c", type, true, storage)));

        assertThat(new SummarySql(Engine.REDSHIFT, "", "t").statements(columns))
                .containsExactly("SELECT COUNT(*) AS n, COUNT(\"c\") AS c0_count" + redshift + " FROM t");
        assertThat(new SummarySql(Engine.DATABRICKS, "", "t").statements(columns))
                .containsExactly("SELECT COUNT(*) AS n, COUNT(`c`) AS c0_count" + databricks + " FROM t");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("expressions")
    void asksEachEngineInItsOwnWords(ColumnType type, String redshift, String databricks) {
        Columns columns = new Columns(List.of(new Column("c", type, true)));

        assertThat(new SummarySql(Engine.REDSHIFT, "/* r */ ", "t").statements(columns))
                .containsExactly("/* r */ SELECT COUNT(*) AS n, COUNT(\"c\") AS c0_count, " + redshift + " FROM t");
        assertThat(new SummarySql(Engine.DATABRICKS, "/* r */ ", "t").statements(columns))
                .containsExactly("/* r */ SELECT COUNT(*) AS n, COUNT(`c`) AS c0_count, " + databricks + " FROM t");
    }

    @Test
    void asksForTheSixtyFirstColumnInAStatementOfItsOwn() {
        List<String> statements = new SummarySql(Engine.DATABRICKS, "/* r */ ", "t").statements(wide(61));

        assertThat(statements).hasSize(2);
        assertThat(statements.get(0)).contains("COUNT(`c59`) AS c59_count").doesNotContain("c60");
        assertThat(statements.get(1))
                .isEqualTo("/* r */ SELECT COUNT(*) AS n, COUNT(`c60`) AS c60_count,"
                        + " SUM(CASE WHEN `c60` THEN 1 ELSE 0 END) AS c60_trues FROM t");
        assertThat(new SummarySql(Engine.DATABRICKS, "", "t").statements(wide(60)))
                .hasSize(1);
    }

    @Test
    void findsEachColumnsFiguresInTheAnswerOfItsStatement() {
        Map<String, Object> first = new HashMap<>(Map.of("n", 9L));
        for (int i = 0; i < 60; i++) {
            first.put("c" + i + "_count", 9L);
            first.put("c" + i + "_trues", 0L);
        }
        Map<String, Object> second = Map.of("n", 9L, "c60_count", 8L, "c60_trues", 5L);

        TableFacts facts = new SummaryRows(wide(61), List.of(first, second)).facts();

        assertThat(facts.rows()).isEqualTo(9);
        assertThat(facts.facts().get(60).get(Measure.NULLS)).contains(BigDecimal.ONE);
        assertThat(facts.facts().get(60).get(Measure.TRUES)).contains(ColumnFacts.exact(5));
    }

    @Test
    void putsAllPiecesOfASumTogether() {
        Columns columns = new Columns(List.of(new Column("c", new ColumnType.Decimal(38, 37), true)));
        Map<String, Object> row = Map.of(
                "n",
                2L,
                "c0_count",
                2L,
                "c0_min",
                "1.5",
                "c0_max",
                new BigDecimal("2.50"),
                "c0_whole",
                30L,
                "c0_coarse",
                new BigDecimal("1.0000000003"),
                "c0_fine",
                new BigDecimal("1E-37"));

        ColumnFacts facts =
                new SummaryRows(columns, List.of(row)).facts().facts().get(0);

        assertThat(facts.get(Measure.SUM)).contains(new BigDecimal("31.0000000003000000000000000000000000001"));
        assertThat(facts.get(Measure.MAX)).contains(new BigDecimal("2.5"));
    }

    @Test
    void needsAsManyAnswersAsQuestions() {
        assertRefused(wide(61), List.of(Map.of("n", 0L)), "asked 2 questions and got 1 answers");
    }

    @Test
    void namesAFigureThatIsMissingOrNull() {
        Map<String, Object> row = new HashMap<>(Map.of("n", 1L, "c0_count", 1L));
        row.put("c0_trues", null);

        assertRefused(wide(1), List.of(row), "The verification's answer lacks the figure 'c0_trues'");
    }

    private static void assertRefused(Columns columns, List<Map<String, Object>> rows, String message) {
        assertThatThrownBy(() -> new SummaryRows(columns, rows).facts())
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(message)
                .extracting("category")
                .isEqualTo(Category.VERIFY);
    }

    private static Columns wide(int width) {
        return new Columns(IntStream.range(0, width)
                .mapToObj(i -> new Column("c" + i, new ColumnType.Bool(), true))
                .toList());
    }
}
