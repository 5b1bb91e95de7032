package org.caravan.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1 | SELECT",
                "` \n\t select*from t` | SELECT",
                "((VALUES (1))) | VALUES",
                "`-- SHOW\n/* EXPLAIN /* nested */ SHOW */with x as (select 1) table x` | WITH",
                "table region | TABLE",
                "explain select 1 | EXPLAIN",
                "`-- only a comment` | ``",
                "/* open | ``",
                "`` | ``",
                "1 | ``"
            })
    void findsTheFirstWord(String sql, String word) {
        assertThat(SqlText.firstWord(sql)).isEqualTo(word);
    }
}
