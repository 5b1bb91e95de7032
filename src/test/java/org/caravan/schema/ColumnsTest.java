package org.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    private static final ColumnType BIGINT = new ColumnType.Int(8);

    @Test
    void foldsNamesToLowerCaseInAnyLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(Columns.fold("TITLE")).isEqualTo("title");
            assertThat(Columns.fold("GRÖẞE")).isEqualTo("größe");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void refusesTwoColumnsOfOneNameAndSaysWhere() {
        assertThatThrownBy(() -> columns("id", "name", Columns.fold("NAME")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Columns 2 and 3 are both named 'name' in lower case; give one another alias in the SQL");
    }

    @Test
    void refusesAResultWithoutColumns() {
        assertThatThrownBy(() -> new Columns(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The result has no columns");
    }

    @Test
    void refusesAColumnWithoutAName() {
        assertThatThrownBy(() -> new Column("", BIGINT, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alias");
    }

    @Test
    void keepsItsOrderAndDoesNotChangeWithTheListItWasMadeOf() {
        List<Column> list = new ArrayList<>(columns("b", "a").list());
        Columns columns = new Columns(list);

        list.clear();

        assertThat(columns).extracting(Column::name).containsExactly("b", "a");
        assertThat(columns.size()).isEqualTo(2);
        assertThat(columns.get(1).name()).isEqualTo("a");
    }

    private static Columns columns(String... names) {
        return new Columns(List.of(names).stream()
                .map(name -> new Column(name, BIGINT, true))
                .toList());
    }
}
