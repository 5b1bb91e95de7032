package org.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boolean|boolean",
                "SMALLINT|smallint",
                " integer |integer",
                "bigint|bigint",
                "real|real",
                "double|double precision",
                "double  precision|double precision",
                "decimal(12,2)|decimal(12,2)",
                "decimal ( 5 )|decimal(5,0)",
                "text|text(65535 bytes)",
                "text(10)|text(10 bytes)",
                "binary|binary(64000 bytes)",
                "binary(16777216)|binary(16777216 bytes)",
                "date|date",
                "timestamp|timestamp",
                "timestamptz|timestamptz",
                "super|super"
            })
    void nameEveryType(String name, String type) {
        assertThat(TypeNames.parse(name)).hasToString(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int|there is no type 'int'; there are boolean, smallint",
                "decimal|there is no type 'decimal'",
                "decimal(1|there is no type 'decimal(1'",
                "''|there is no type ''",
                "date(3)|date takes no such numbers in brackets",
                "super(1)|super takes no such numbers in brackets",
                "text(1,2)|text takes no such numbers in brackets",
                "decimal(39,0)|1 to 38 digits",
                "binary(16777217)|1 to 16777216 bytes",
                "text(70000)|1 to 65535 bytes"
            })
    void refuseWhatIsNone(String name, String message) {
        assertThatThrownBy(() -> TypeNames.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
