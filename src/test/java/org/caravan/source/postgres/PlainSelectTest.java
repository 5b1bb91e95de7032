package org.caravan.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainSelectTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM t | t | SELECT * FROM t~WHERE t.c",
                "select a, b from s.t | s.t | select a, b from s.t~WHERE t.c",
                "SELECT a FROM \"S\".\"T x\" | \"S\".\"T x\" | SELECT a FROM \"S\".\"T x\"~WHERE \"T x\".c",
                "SELECT a FROM ONLY t AS u | t | SELECT a FROM ONLY t AS u~WHERE u.c",
                "SELECT a FROM t u WHERE a = 1 OR b = 2 | t | SELECT a FROM t u WHERE ( a = 1 OR b = 2~) AND u.c",
                "SELECT a FROM t WHERE a = 1 -- or | t | SELECT a FROM t WHERE ( a = 1 -- or~) AND t.c",
                "SELECT a FROM t -- all of it | t | SELECT a FROM t~WHERE t.c",
                "SELECT a IS DISTINCT FROM b FROM t | t | SELECT a IS DISTINCT FROM b FROM t~WHERE t.c",
                "SELECT extract(year FROM d) AS from FROM t | t | SELECT extract(year FROM d) AS from FROM t~WHERE t.c",
                "SELECT t.order, t.from FROM t WHERE t.limit > 3 | t | SELECT t.order, t.from FROM t WHERE ( t.limit > 3~) AND t.c",
                "SELECT 'FROM x' AS a FROM t WHERE b = ' UNION ' | t | SELECT 'FROM x' AS a FROM t WHERE ( b = ' UNION '~) AND t.c",
                "SELECT a[1], (SELECT max(x) FROM u LIMIT 1) FROM t | t | SELECT a[1], (SELECT max(x) FROM u LIMIT 1) FROM t~WHERE t.c",
                "SELECT a FROM t WHERE b IN (SELECT b FROM u ORDER BY 1) | t"
                        + " | SELECT a FROM t WHERE ( b IN (SELECT b FROM u ORDER BY 1)~) AND t.c",
            })
    void addsAConditionToAQueryOfOneTable(String sql, String table, String sliced) {
        PlainSelect select = PlainSelect.of(sql).orElseThrow();

        assertThat(select.table()).isEqualTo(table);
        assertThat(select.with(select.row() + ".c")).isEqualTo(sliced.replace('~', '\n'));
        assertThat(select.withoutCondition()).doesNotContain("WHERE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "VALUES (1)",
                "TABLE t",
                "(SELECT a FROM t)",
                "WITH t AS (SELECT 1) SELECT * FROM t",
                "SELECT 1",
                "SELECT a FROM",
                "SELECT a FROM t, u",
                "SELECT a FROM t JOIN u ON true",
                "SELECT a FROM t NATURAL JOIN u",
                "SELECT a FROM t u CROSS JOIN v",
                "SELECT a FROM (SELECT 1 AS a) t",
                "SELECT a FROM f(1)",
                "SELECT a FROM f (1)",
                "SELECT a FROM ONLY (t)",
                "SELECT a FROM t *",
                "SELECT a FROM t AS u (a)",
                "SELECT a FROM t TABLESAMPLE system (10)",
                "SELECT DISTINCT a FROM t",
                "SELECT a INTO u FROM t",
                "SELECT a FROM t WHERE",
                "SELECT a FROM t GROUP BY a",
                "SELECT a FROM t WHERE true GROUP BY a",
                "SELECT a FROM t WHERE true HAVING true",
                "SELECT a FROM t WHERE true WINDOW w AS ()",
                "SELECT a FROM t ORDER BY a",
                "SELECT a FROM t WHERE true ORDER BY a",
                "SELECT a FROM t WHERE true LIMIT 1",
                "SELECT a FROM t LIMIT 1",
                "SELECT a FROM t OFFSET 1",
                "SELECT a FROM t WHERE true FETCH FIRST ROW ONLY",
                "SELECT a FROM t FOR UPDATE",
                "SELECT a FROM t WHERE true FOR UPDATE",
                "SELECT a FROM t UNION ALL SELECT a FROM u",
                "SELECT a FROM t WHERE true UNION ALL SELECT a FROM u",
                "SELECT a FROM t WHERE true EXCEPT SELECT a FROM u",
                "SELECT a FROM t WHERE true INTERSECT SELECT a FROM u",
                "SELECT a FROM t WHERE true); DROP TABLE (u",
                "SELECT a FROM t; SELECT 2",
                "SELECT a FROM t WHERE a = 'not closed",
                "SELECT a FROM t WHERE a = E'a\\' OR true --'",
                "SELECT a FROM t WHERE a = {d '2024-01-01'}",
                "SELECT a FROM \"t\"\"u\"",
                "SELECT a FROM U&\"t\"",
            })
    void doubtsEverythingElse(String sql) {
        assertThat(PlainSelect.of(sql)).isEmpty();
    }
}
