package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables and statements on a terminal. */
class TextTableTest {
    @Test
    void alignsCellsAndLeavesNoBlanksAtTheEnd() {
        assertThat(TextTable.lines(List.of(List.of("name", "type", ""), List.of("a", "varchar(10)", "=")), 80))
                .containsExactly("name  type", "a     varchar(10)  =");
    }

    @Test
    void goesOnInTheNextLineWhereTheWidestCellHasNoRoom() {
        List<String> lines = TextTable.lines(
                List.of(List.of("ok", "short"), List.of("PROBLEM", "one two three four five six seven")), 30);

        assertThat(lines).containsExactly("ok       short", "PROBLEM  one two three four", "         five six seven");
        assertThat(lines).allMatch(line -> line.length() <= 30);
    }

    @Test
    void breaksAWordOnlyIfItMust() {
        assertThat(TextTable.wrap("infer_timestamp", 12)).containsExactly("infer_", "timestamp");
        assertThat(TextTable.wrap("abcdefghij", 4)).containsExactly("abcd", "efgh", "ij");
        assertThat(TextTable.wrap("𝄞𝄞𝄞", 2)).containsExactly("𝄞𝄞", "𝄞");
        assertThat(TextTable.wrap("", 4)).containsExactly("");
    }

    @Test
    void breaksAStatementAfterCommasAndNeverInQuotes() {
        String sql =
                "CREATE TABLE \"a b\".\"c\" (\"first, one\" VARCHAR(10), \"second\" DECIMAL(10,2), \"x\" INT) AS 'it''s so'";

        List<String> lines = SqlText.wrap(sql, 40);

        assertThat(lines)
                .containsExactly(
                        "CREATE TABLE \"a b\".\"c\" (\"first, one\"",
                        "VARCHAR(10), \"second\" DECIMAL(10,2),",
                        "\"x\" INT) AS 'it''s so'");
        assertThat(String.join(" ", lines)).isEqualTo(sql);
    }
}
