package org.caravan.source.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.caravan.ledger.CaravanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterSqlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "SELECT 1 | ##",
                "SELECT * FROM t WHERE a = :a AND b>:b_2 OR c IN (:c,:C) | a b_2 c C",
                "SELECT ':no', 'it''s :no', \":no\", `:no` FROM t WHERE a=:yes | yes",
                "SELECT a::date, b :: text, :yes::date FROM t | yes",
                "SELECT x[1:n], x[a:b], x[:lower], (j):field, s:field | lower",
                "SELECT $$ :no $$, $q$ :no $$ :no $q$, a$b, $1, :yes | yes",
                "SELECT 1 -- :no 'no | ##",
                "SELECT /* :no /* :no */ ' */ :yes | yes",
                "SELECT E'it\\'s :no', e'a''b\\\\', :yes | yes",
                "SELECT 'C:\\dir :no', :yes | yes",
                "SELECT @a := 1, b:=2, :1, : a | ##",
                "SELECT n.dateE':no' , :yes | yes"
            })
    void findsParametersWhereTheyAreAndNowhereElse(String sql, String names) {
        String text = sql == null ? "" : sql;
        List<String> found = ParameterSql.places(text).stream()
                .filter(place -> !place.isQuestionMark())
                .map(ParameterSql.Place::name)
                .toList();
        assertThat(found.stream().collect(Collectors.joining(" "))).isEqualTo(names == null ? "" : names);
    }

    @Test
    void refusesToGuessWhereALiteralEnds() {
        assertThatThrownBy(() -> ParameterSql.places("SELECT 1,\n 'a\\' OR x = :a"))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("line 2, column 2")
                .hasMessageContaining("backslash");
        assertThat(ParameterSql.places("SELECT 'a\\' OR x = 'a'")).isEmpty();
    }

    @Test
    void tellsQuestionMarksFromParameters() {
        String sql = "SELECT '?', a ? :key";
        assertThat(ParameterSql.rewritten(sql, ParameterSql.places(sql), place -> place.isQuestionMark() ? "??" : "?"))
                .isEqualTo("SELECT '?', a ?? ?");
    }
}
