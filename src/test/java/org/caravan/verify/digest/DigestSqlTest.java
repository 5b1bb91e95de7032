package org.caravan.verify.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.caravan.ledger.CaravanException;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statements' text, where the engines leave no choice, and the reading of their answers; DigestIT runs them. */
class DigestSqlTest {
    private static final Columns TWO = Cells.named(List.of(new ColumnType.Int(4), new ColumnType.Text(10)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boolean | CAST(CASE WHEN \"c0\" THEN 2 WHEN NOT \"c0\" THEN 1 END AS BIGINT) AS v0",
                "smallint | CAST(\"c0\" AS BIGINT) AS v0",
                "decimal(18,0) | CAST(\"c0\" AS BIGINT) AS v0",
                "decimal(18,18) | CAST((\"c0\" * CAST(1000000000000000000 AS DECIMAL(19,0))) AS BIGINT) AS v0",
                "decimal(19,2) | CAST(ROUND(CAST(TRUNC(MOD(\"c0\", CAST(1000000000 AS DECIMAL(19,2))), 0) AS DOUBLE PRECISION)"
                        + " * CAST('1E0' AS DOUBLE PRECISION)) AS BIGINT) AS v0_0",
                "decimal(19,2) | CAST(ROUND(CAST(TRUNC(\"c0\", -9) AS DOUBLE PRECISION) * CAST('1E-9' AS DOUBLE PRECISION)) AS BIGINT)"
                        + " AS v0_1",
                "decimal(19,2) | CAST(ROUND(CAST(MOD(\"c0\", CAST(1 AS DECIMAL(19,2))) AS DOUBLE PRECISION)"
                        + " * CAST('1E9' AS DOUBLE PRECISION)) AS BIGINT) AS v0_5",
                "text | MD5(\"c0\") AS v0",
                "super | MD5(\"c0\") AS v0",
                "binary | MD5(LOWER(FROM_VARBYTE(SUBSTRING(\"c0\", 1, 32767), 'hex'))) AS v0_0, CASE WHEN OCTET_LENGTH(\"c0\") > 32767 THEN"
                        + " MD5(LOWER(FROM_VARBYTE(SUBSTRING(\"c0\", 32768, 32767), 'hex'))) END AS v0_1",
                "date | CAST(DATEDIFF(day, DATE '1970-01-01', \"c0\") AS BIGINT) AS v0",
                "timestamp | CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', \"c0\") AS BIGINT) AS v0",
                "timestamptz | CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', (\"c0\" AT TIME ZONE 'UTC')) AS BIGINT) AS v0"
            })
    void takesAValueFromRedshift(String type, String expression) {
        String sql = DigestSql.redshift().statements("", "t", staged(type)).get(0);

        assertThat(sql).contains(expression);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decimal(18,2) | CAST((`c0` * 100BD) AS BIGINT) AS v0",
                "decimal(38,37) | CAST(rint(CAST(((`c0` % 1BD) - (`c0` % 0.000000001BD)) AS DOUBLE) * CAST('1E9' AS DOUBLE)) AS BIGINT)"
                        + " AS v0_5",
                "text | md5(CAST(`c0` AS BINARY)) AS v0",
                "super | md5(CAST(`c0` AS BINARY)) AS v0",
                "binary | md5(CAST(lower(hex(substring(`c0`, 1, 32767))) AS BINARY)) AS v0_0, CASE WHEN octet_length(`c0`) > 32767 THEN"
                        + " md5(CAST(lower(hex(substring(`c0`, 32768, 32767))) AS BINARY)) END AS v0_1",
                "date | CAST(unix_date(`c0`) AS BIGINT) AS v0",
                "timestamp | unix_micros(CAST(`c0` AS TIMESTAMP)) AS v0"
            })
    void takesAValueFromSpark(String type, String expression) {
        String sql = DigestSql.spark().statements("", "t", staged(type)).get(0);

        assertThat(sql).contains(expression);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamptz | UTC | CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', \"c0\") AS BIGINT) AS v0"
                        + " | unix_micros(CAST(`c0` AS TIMESTAMP)) AS v0",
                "binary | HEX | MD5(LOWER(\"c0\")) AS v0_0, RANDOM() | md5(CAST(LOWER(`c0`) AS BINARY)) AS v0_0 FROM",
                "double precision | NUMBER_TEXT | CAST(\"c0\" AS DOUBLE PRECISION) AS v0 | CAST(`c0` AS DOUBLE) AS v0",
                "real | NUMBER_TEXT | CAST(CAST(\"c0\" AS REAL) AS DOUBLE PRECISION) AS v0 | CAST(CAST(`c0` AS FLOAT) AS DOUBLE) AS v0"
            })
    void takesAValueFromHowAStagingTableHoldsIt(String type, Storage storage, String redshift, String spark) {
        Columns columns = Cells.named(List.of(Vectors.type(type))).stored(any -> storage);

        assertThat(DigestSql.redshift().statements("", "t", columns).get(0)).contains(redshift);
        assertThat(DigestSql.spark().statements("", "t", columns).get(0)).contains(spark);
    }

    @Test
    void leavesOutWhatNoEngineTakesExactlyAndSaysWhy() {
        Columns target =
                Cells.named(List.of(new ColumnType.Super(), new ColumnType.Int(4), new ColumnType.Binary(491_506)));

        assertThat(DigestSql.excluded(target)).extracting(Excluded::column).containsExactly("c0", "c2");
        assertThat(DigestSql.excluded(target).get(0)).asString().startsWith("column 'c0': SUPER keeps no text");
        assertThat(DigestSql.excluded(target).get(1))
                .asString()
                .endsWith("491505 bytes; the column has room for 491506");
        assertThat(DigestSql.redshift().statements("", "t", target))
                .singleElement()
                .satisfies(sql -> assertThat(sql)
                        .contains("\"c1\"", " AS ra")
                        .doesNotContain("\"c0\"")
                        .doesNotContain("\"c2\""));
        assertThat(DigestSql.excluded(Cells.named(List.of(new ColumnType.Binary(491_505)))))
                .isEmpty();
        assertThat(DigestSql.excluded(staged("super"))).isEmpty();
    }

    @Test
    void countsTheRowsOfATableOfWhichItCoversNothing() {
        Columns columns = Cells.named(List.of(new ColumnType.Super()));

        assertThat(DigestSql.spark().statements("/* r */ ", "t", columns))
                .containsExactly("/* r */ SELECT COUNT(*) AS n, 0 AS ra, 0 AS rb FROM t");
        assertThat(DigestAnswers.read(columns, List.of(Map.of("n", 2L, "ra", 0, "rb", 0))))
                .isEqualTo(Cells.column(new ColumnType.Super(), "1", "2").digest(columns));
    }

    @Test
    void quotesNamesAndPutsTheCommentFirst() {
        Columns columns = new Columns(List.of(new Column("a\"b`c", new ColumnType.Int(4), true)));

        assertThat(DigestSql.redshift().statements("/* run 7 */ ", "\"s\".\"t\"", columns))
                .singleElement()
                .satisfies(sql -> assertThat(sql)
                        .startsWith("/* run 7 */ SELECT COUNT(*) AS n, ")
                        .contains("\"a\"\"b`c\"")
                        .contains(" FROM \"s\".\"t\")"));
        assertThat(DigestSql.spark().statements("", "t", columns))
                .singleElement()
                .satisfies(sql -> assertThat(sql).contains("`a\"b``c`"));
    }

    @Test
    void bindsTheRowsOfSixteenHundredColumnsInOneStatement() {
        List<String> statements =
                DigestSql.redshift().statements("", "t", Cells.named(Collections.nCopies(1600, new ColumnType.Int(2))));

        assertThat(statements).hasSize(1 + 27);
        assertThat(statements.get(0)).contains("\"c0\"").contains("\"c1599\"").contains(" AS ra");
        assertThat(statements.subList(1, 28)).allSatisfy(sql -> assertThat(sql).doesNotContain(" AS ra"));
    }

    @Test
    void readsAnAnswer() {
        Digest digest = DigestAnswers.read(TWO, List.of(answer(3)));

        assertThat(digest)
                .isEqualTo(new Digest(
                        3,
                        List.of(BigInteger.ONE, BigInteger.TWO),
                        List.of(new Digest.Sums(BigInteger.valueOf(4), BigInteger.valueOf(5)))));
        assertThat(digest).hasToString("1:3:4:5");
    }

    @Test
    void refusesAnswersThatAreMissingOrOfDifferentTables() {
        Map<String, Object> incomplete = answer(3);
        incomplete.remove("c1");
        Columns wide = Cells.named(Collections.nCopies(61, new ColumnType.Int(2)));
        List<Map<String, Object>> changing = new ArrayList<>();
        for (int rows = 3; rows < 6; rows++) {
            Map<String, Object> answer = answer(rows);
            for (int i = 0; i < 61; i++) {
                answer.put("c" + i, BigDecimal.ZERO);
            }
            changing.add(answer);
        }

        assertThatThrownBy(() -> DigestAnswers.read(TWO, List.of(incomplete)))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("lacks the figure 'c1'");
        assertThatThrownBy(() -> DigestAnswers.read(TWO, List.of()))
                .hasMessageContaining("1 questions and got 0 answers");
        assertThatThrownBy(() -> DigestAnswers.read(wide, changing)).hasMessageContaining("had 3 rows, then 4");
    }

    /** One column, of JSON text if the type is SUPER. */
    private static Columns staged(String type) {
        return Cells.named(List.of(Vectors.type(type)))
                .stored(of -> of instanceof ColumnType.Super ? Storage.JSON_TEXT : Storage.AS_IS);
    }

    private static Map<String, Object> answer(int rows) {
        Map<String, Object> answer = new HashMap<>();
        answer.put("n", (long) rows);
        answer.put("c0", BigDecimal.ONE);
        answer.put("c1", new BigDecimal("2"));
        answer.put("ra", 4L);
        answer.put("rb", BigInteger.valueOf(5));
        return answer;
    }
}
