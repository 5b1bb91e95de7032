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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT 1 | SELECT 1",
                "SELECT 1; | SELECT 1",
                "SELECT 1 ; ; | SELECT 1",
                "SELECT 1; -- comment | SELECT 1",
                "SELECT 1; -- it's; done | SELECT 1",
                "SELECT 1 /* a; b */; /* c; */ -- d | SELECT 1 /* a; b */",
                "SELECT 1 -- ; a comment | SELECT 1 -- ; a comment",
                "SELECT '; -- a' | SELECT '; -- a'",
                "SELECT 'it''s; -- a'; -- b | SELECT 'it''s; -- a'",
                "SELECT 1 AS \"; -- a\" | SELECT 1 AS \"; -- a\"",
                "SELECT $$; -- $$ | SELECT $$; -- $$",
                "SELECT $a$; $$ -- $a$; -- b | SELECT $a$; $$ -- $a$",
                "SELECT v$a, $1, a$b$ FROM t; -- b | SELECT v$a, $1, a$b$ FROM t",
                // A literal in one database, a comment in another.
                "SELECT '\\'; -- a' | SELECT '\\'; -- a'",
                "SELECT '\\'; | SELECT '\\'",
                "SELECT 1; SELECT 2; -- two | SELECT 1; SELECT 2"
            })
    void takesTheSemicolonAndWhatFollowsItFromTheEnd(String sql, String statement) {
        assertThat(SqlText.withoutSemicolon(sql)).isEqualTo(statement);
    }
}
