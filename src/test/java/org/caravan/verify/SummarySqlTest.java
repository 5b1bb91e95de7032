package org.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.caravan.ledger.CaravanException;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummarySqlTest {
    @Test
    void measuresEachTypeInRedshiftsSql() {
        Columns columns = new Columns(List.of(
                new Column("order", new ColumnType.Int(4), true),
                new Column("name", new ColumnType.Text(9), true),
                new Column("at", new ColumnType.Timestamp(ColumnType.Zone.INSTANT), true)));

        assertThat(new SummarySql(Engine.REDSHIFT, "/* run */ ", "\"s\".\"t\"").statements(columns))
                .containsExactly(
                        "/* run */ SELECT COUNT(*) AS n, COUNT(\"order\") AS c0_count, MIN(\"order\") AS c0_min,"
                                + " MAX(\"order\") AS c0_max, SUM(CAST(\"order\" AS DECIMAL(38,0))) AS c0_sum,"
                                + " COUNT(\"name\") AS c1_count, MIN(\"name\") AS c1_min, MAX(\"name\") AS c1_max,"
                                + " SUM(CAST(OCTET_LENGTH(\"name\") AS BIGINT)) AS c1_bytes, COUNT(\"at\") AS c2_count,"
                                + " DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', (MIN(\"at\") AT TIME ZONE 'UTC')) AS c2_min,"
                                + " DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', (MAX(\"at\") AT TIME ZONE 'UTC')) AS c2_max"
                                + " FROM \"s\".\"t\"");
    }

    @Test
    void measuresEachTypeInSparksSql() {
        Columns columns = new Columns(List.of(
                new Column("tick`", new ColumnType.Bool(), true), new Column("day", new ColumnType.Date(), true)));

        assertThat(new SummarySql(Engine.DATABRICKS, "", "t").statements(columns))
                .containsExactly("SELECT COUNT(*) AS n, COUNT(`tick```) AS c0_count,"
                        + " SUM(CASE WHEN `tick``` THEN 1 ELSE 0 END) AS c0_trues, COUNT(`day`) AS c1_count,"
                        + " unix_date(MIN(`day`)) AS c1_min, unix_date(MAX(`day`)) AS c1_max FROM t");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "60, 1", "61, 2", "1600, 27"})
    void asksWideTablesInSeveralStatements(int width, int statements) {
        assertThat(new SummarySql(Engine.REDSHIFT, "", "t").statements(wide(width)))
                .hasSize(statements);
    }

    @Test
    void addsThePiecesOfWideDecimals() {
        Columns columns = new Columns(List.of(new Column("d", new ColumnType.Decimal(38, 0), true)));
        Map<String, Object> row = new HashMap<>(Map.of(
                "n", 2L, "c0_count", 2L, "c0_min", 1, "c0_max", 2, "c0_top", new BigDecimal("12"), "c0_whole", 34L));

        ColumnFacts facts =
                new SummaryRows(columns, List.of(row)).facts().facts().get(0);

        assertThat(facts.get(Measure.SUM))
                .contains(ColumnFacts.exact(new BigDecimal("120000000000000000000000000034")));
    }

    @Test
    void seesATableThatChangesBetweenStatements() {
        Map<String, Object> first = new HashMap<>();
        Map<String, Object> second = new HashMap<>();
        first.put("n", 5L);
        second.put("n", 6L);

        assertThatThrownBy(() -> new SummaryRows(wide(61), List.of(first, second)).facts())
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("it had 5 rows, then 6");
    }

    private static Columns wide(int width) {
        return new Columns(IntStream.range(0, width)
                .mapToObj(i -> new Column("c" + i, new ColumnType.Bool(), true))
                .toList());
    }
}
