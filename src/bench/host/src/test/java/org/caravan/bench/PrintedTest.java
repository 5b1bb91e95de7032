package org.caravan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedTest {
    @Test
    void theLastObjectCounts() {
        assertThat(Printed.seconds("{\"seconds\":1}\n{not json\n{\"seconds\":2.5,\"rows\":{}}\nbye\n"))
                .hasValue(2.5);
    }

    @Test
    void whoPrintsNothingHasNoSecondsOfItsOwn() {
        assertThat(Printed.seconds("COPY 6001215\n")).isEmpty();
    }

    @Test
    void findsSeaTunnelsSeconds() {
        assertThat(Printed.seaTunnelSeconds("End Time : x\nTotal Time(s)             :                   7\n"))
                .hasValue(7.0);
    }

    @ParameterizedTest
    @CsvSource({"6M,6000000", "500k,500000", "12,12"})
    void rowsHaveUnits(String text, long rows) {
        assertThat(MemoryProof.rows(text)).isEqualTo(rows);
    }

    @Test
    void refusesOtherUnits() {
        assertThatThrownBy(() -> MemoryProof.rows("6G")).hasMessageContaining("not '6G'");
    }
}
