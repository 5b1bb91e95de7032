package org.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableNameTest {
    @Test
    void takesNamesOf127Bytes() {
        String ascii = "a".repeat(127);
        String wide = "ü".repeat(63) + "x";

        assertThat(new TableName(ascii, wide)).hasToString(ascii + "." + wide);
    }

    @Test
    void countsBytesAndNotCharacters() {
        assertThatThrownBy(() -> new TableName("public", "ü".repeat(64)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A table name has 1 to 127 bytes; '" + "ü".repeat(64) + "' has 128");
        assertThatThrownBy(() -> new TableName("😀".repeat(32), "t"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A schema name has 1 to 127 bytes")
                .hasMessageEndingWith("has 128");
    }

    @Test
    void refusesAnEmptyName() {
        assertThatThrownBy(() -> new TableName("public", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TableName("", "t")).isInstanceOf(IllegalArgumentException.class);
    }
}
