package org.caravan.sandbox.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterRewriterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT ?, ?                      | SELECT :sea_p1, :sea_p2             | 2",
                "SELECT 'a?b', ?                  | SELECT 'a?b', :sea_p1               | 1",
                "SELECT 'it''s ?', ?              | SELECT 'it''s ?', :sea_p1           | 1",
                "SELECT 'it\\'s ?', ?             | SELECT 'it\\'s ?', :sea_p1          | 1",
                "SELECT r'\\', ?                  | SELECT r'\\', :sea_p1               | 1",
                "SELECT \"?\", ?                  | SELECT \"?\", :sea_p1               | 1",
                "SELECT `a``?`, ?                 | SELECT `a``?`, :sea_p1              | 1",
                "SELECT /* ? /* ? */ ? */ ?       | SELECT /* ? /* ? */ ? */ :sea_p1    | 1",
                "SELECT ? /* ? */                 | SELECT :sea_p1 /* ? */              | 1",
                "SELECT 1                         | SELECT 1                            | 0",
                "SELECT '?                        | SELECT '?                           | 0",
            })
    void rewritesOnlyMarkersOfTheStatementItself(String sql, String rewritten, int count) {
        assertThat(ParameterRewriter.of(sql)).isEqualTo(new ParameterRewriter(rewritten, count));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = "SELECT 1 -- ? no~ | ~SELECT 1 -- ? no~")
    void endsALineCommentWithItsLine(String ignored, String comment) {
        assertThat(ParameterRewriter.of(comment + "\n, ?").sql()).isEqualTo(comment + "\n, :sea_p1");
    }
}
