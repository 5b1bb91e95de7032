package org.caravan.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTextTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rows < 1000                | rows < 1000",
                "ROWS<=0                    | rows <= 0",
                "rows = 5                   | rows = 5",
                "rows >= 1                  | rows >= 1",
                "rows>1                     | rows > 1",
                "change > 20%               | change > 20%",
                "change > +20 %             | change > +20%",
                "change < -12.5%            | change < -12.5%",
                "change = 0%                | change = 0%",
                "nulls(email) > 5%          | nulls(email) > 5%",
                "nulls( EMail ) > 0         | nulls(email) > 0",
                "nulls(\"home town\") >= 0.5% | nulls(\"home town\") >= 0.5%",
                "nulls(\"a\"\"b;c\") > 5%       | nulls(\"a\"\"b;c\") > 5%",
                "nulls(größe) > 5%          | nulls(größe) > 5%",
                "nulls(a-b) > 5%            | nulls(\"a-b\") > 5%",
                "unique(order_id)           | unique(order_id)",
                "Unique( a , \"B c\" )        | unique(a, \"b c\")"
            })
    void readsARuleAndWritesItInOneForm(String text, String form) {
        assertThat(RuleText.rules("fail", text)).singleElement().satisfies(rule -> {
            assertThat(rule.text()).isEqualTo(form);
            assertThat(RuleText.rules("fail", form)).containsExactly(rule);
        });
    }

    @Test
    void readsSeveralRulesOverSeveralLines() {
        assertThat(RuleText.rules("fail", " rows < 10;\n change > 20% ;unique(a, b);\n"))
                .extracting(Rule::text)
                .containsExactly("rows < 10", "change > 20%", "unique(a, b)");
        assertThat(RuleText.rules("fail", "  ")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "row < 1000           | at 'row < 1000' (character 1): here must be a rule: rows, change, nulls or unique, as in rows < 1000",
                "rows                 | at its end: here must be one of < <= = >= >, as in rows < 1000",
                "rows != 3            | at '!= 3' (character 6): here must be one of < <= = >= >",
                "rows < many          | at 'many' (character 8): here must be a number",
                "rows < -1            | at '-1' (character 8): here must be a whole number",
                "rows < 1.5           | at '1.5' (character 8): here must be a whole number",
                "rows < 5%            | at '%' (character 9): here must be a semicolon between two rules",
                "rows < 1,000         | at ',000' (character 9): here must be a semicolon between two rules",
                "rows < 1 rows > 9    | at 'rows > 9' (character 10): here must be a semicolon between two rules",
                "rows < 1; ; rows > 9 | at '; rows > 9' (character 11): here must be a rule",
                "change > 20          | at its end: here must be a percent sign, as in change > 20% (in either direction)",
                "nulls > 5%           | at '> 5%' (character 7): here must be a column in brackets, as in nulls(email) > 5%",
                "nulls(a, b) > 5%     | at '(a, b) > 5%' (character 6): here must be one column in brackets",
                "nulls(a) > 101%      | at '101%' (character 12): here must be a whole number, or 0 to 100 percents",
                "nulls(a) > 0.5       | at '0.5' (character 12): here must be a whole number, or 0 to 100 percents",
                "unique()             | at ')' (character 8): here must be the name of a column, as in unique(order_id, line)",
                "unique(a, A)         | at 'A)' (character 11): here must be another column",
                "unique(a             | at its end: here must be a closing bracket",
                "nulls(\"a) > 5%       | at '\"a) > 5%' (character 7): here must be a quoted name"
            })
    void pointsAtWhatItCannotRead(String text, String told) {
        assertThatThrownBy(() -> RuleText.rules("warn", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The parameter warn of caravan-guard:rows, '" + text + "', cannot be read ")
                .hasMessageContaining(told);
    }
}
