package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredTypesTest {
    @Test
    void readsEveryType() {
        assertThat(DeclaredTypes.parse("a=boolean,B=smallint, c = integer ,d=bigint,e=real,f=double,g=double precision,"
                                + "h=decimal(12,2),i=decimal(5),j=text,k=text(10),l=date,m=timestamp,home town=timestamptz,"
                                + "n=binary, o=binary(16777216),p=super")
                        .byName()
                        .toString())
                .isEqualTo(
                        "{a=boolean, b=smallint, c=integer, d=bigint, e=real, f=double precision, g=double precision,"
                                + " h=decimal(12,2), i=decimal(5,0), j=text(65535 bytes), k=text(10 bytes), l=date, m=timestamp,"
                                + " home town=timestamptz, n=binary(64000 bytes), o=binary(16777216 bytes), p=super}");
        assertThat(DeclaredTypes.parse("").byName()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a|cannot be read from 'a' on",
                "a=date b=date|cannot be read",
                "a=date,A=date|names 'a' twice",
                "a=int|there is no type 'int'; there are boolean",
                "a=date(3)|date takes no such numbers",
                "a=text(1,2)|text takes no such numbers",
                "a=decimal|there is no type 'decimal'",
                "a=decimal(39,0)|1 to 38 digits",
                "a=text(70000)|1 to 65535 bytes",
                "a=binary(16777217)|1 to 16777216 bytes",
                "a=super(5)|super takes no such numbers"
            })
    void saysWhatIsWrong(String setting, String message) {
        assertThatThrownBy(() -> DeclaredTypes.parse(setting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("types='" + setting + "'")
                .hasMessageContaining(message)
                .hasMessageContaining("such as paid=decimal(12,2)");
    }
}
