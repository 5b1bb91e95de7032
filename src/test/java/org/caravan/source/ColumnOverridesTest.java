package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnOverridesTest {
    @Test
    void areReadFromParametersAndFromText() {
        ColumnOverrides overrides = ColumnOverrides.parse(
                Map.of("amount.type", "decimal(12,2)", "home town.rename", "home_town"),
                " note.onoverflow = TRUNCATE,note.nul=remove , \"a, \"\"b\"\".c\".rename=\"x, y\", f(a,b).type=text(10),x.nul=replace,");

        assertThat(overrides.byColumn())
                .containsOnly(
                        Map.entry("amount", said(Optional.of(new ColumnType.Decimal(12, 2)), Optional.empty())),
                        Map.entry("home town", said(Optional.empty(), Optional.of("home_town"))),
                        Map.entry(
                                "note",
                                new ColumnOverride(
                                        Optional.empty(), Optional.empty(), OverflowRule.TRUNCATE, NulRule.REMOVE)),
                        Map.entry("a, \"b\".c", said(Optional.empty(), Optional.of("x, y"))),
                        Map.entry("f(a,b)", said(Optional.of(new ColumnType.Text(10)), Optional.empty())),
                        Map.entry(
                                "x",
                                new ColumnOverride(
                                        Optional.empty(), Optional.empty(), OverflowRule.FAIL, NulRule.REPLACE)));
    }

    @Test
    void sayNothingUnlessTheyAreGiven() {
        assertThat(ColumnOverrides.parse(Map.of(), " ")).isEqualTo(ColumnOverrides.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.typ=date|columns.a.typ ends in 'typ'; there are 'type'",
                "a=date|'a' is not <column>.<word>",
                ".type=date|'.type' is not <column>.<word>",
                "a.type=int|columns.a.type='int': there is no type 'int'; there are boolean, smallint",
                "a.type=decimal(39,0)|columns.a.type='decimal(39,0)': A decimal has 1 to 38 digits",
                "a.rename=|columns.a.rename='': a column must have a name",
                "a.onOverflow=round|columns.a.onOverflow='round': there are fail, truncate, null",
                "a.nul=keep|columns.a.nul='keep': there are fail, remove, replace, null",
                "a.type=date,a.TYPE=text|columns.a.TYPE is said twice",
                "a.type|cannot be read from 'a.type' on; write column.word=value",
                "\"a.type=date|has a quote without its other from '\"a.type=date' on"
            })
    void sayWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> ColumnOverrides.parse(Map.of(), text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The settings of columns are wrong: ")
                .hasMessageContaining(message);
    }

    @Test
    void sayAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> ColumnOverrides.parse(Map.of("a.type", "int"), "b.nul=x, c.what=1"))
                .hasMessageContaining("columns.a.type")
                .hasMessageContaining("columns.b.nul")
                .hasMessageContaining("columns.c.what");
    }

    private static ColumnOverride said(Optional<ColumnType> type, Optional<String> rename) {
        return new ColumnOverride(type, rename, OverflowRule.FAIL, NulRule.FAIL);
    }
}
