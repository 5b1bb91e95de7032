package org.caravan.sandbox.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
    @ParameterizedTest
    @CsvSource({"0.01,0.01", "0.10,0.1", "1,1", "1.0,1", "10,10", "1e1,10", "100,100"})
    void hasOneSpelling(String given, String expected) {
        assertThat(Scale.of(given)).hasToString(expected).isEqualTo(Scale.of(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0.009", "100.1", "1e9"})
    void refusesWhatIsOutOfRange(String given) {
        assertThatThrownBy(() -> Scale.of(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("out of range; give one from 0.01 to 100");
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> Scale.of("big"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scale 'big' is not a number; give one such as 0.1");
    }
}
