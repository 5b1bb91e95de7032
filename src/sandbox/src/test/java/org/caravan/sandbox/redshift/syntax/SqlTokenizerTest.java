package org.caravan.sandbox.redshift.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTokenizerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1", "select 'a''b', E'c\\'d', \"e\"\"f\" -- ;\n, /* ; /* nested */ */ $1 ;",
                        "select $$ ; 'x $$, $a$ $$ $a$",
                "select a::int, -1.5e-3, .5, a||b, a<>b, x'ff' from t where a>=-1", "  ", ""
            })
    void givesTheTextBack(String sql) {
        assertThat(SqlTokenizer.join(SqlTokenizer.tokens(sql))).isEqualTo(sql);
    }

    @Test
    void cutsStatementsOnlyAtSemicolonsOutsideLiteralsAndComments() {
        List<List<Token>> statements =
                SqlTokenizer.statements("select ';'; ; select $x$;$x$ /* ; */; -- ;\n select \";\"");
        assertThat(statements.stream().map(SqlTokenizer::join).map(String::strip))
                .containsExactly("select ';'", "select $x$;$x$", "-- ;\n select \";\"");
    }

    @Test
    void readsTheValuesOfLiterals() {
        assertThat(SqlTokenizer.tokens("'a''b\\'c\\\\'").get(0).string()).isEqualTo("a'b'c\\");
        assertThat(SqlTokenizer.tokens("E'\\n'").get(0).string()).isEqualTo("\n");
        assertThat(SqlTokenizer.tokens("$q$a'b$q$").get(0).string()).isEqualTo("a'b");
        assertThat(SqlTokenizer.tokens("\"A\"\"b\"").get(0).name()).isEqualTo("A\"b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 'a", "select \"a", "select $$ a", "select /* a", "select 'a\\'"})
    void refusesWhatIsNotEnded(String sql) {
        assertThatThrownBy(() -> SqlTokenizer.tokens(sql))
                .isInstanceOf(StatementRefused.class)
                .hasMessageContaining("unterminated");
    }
}
