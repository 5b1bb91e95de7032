package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {
    @Test
    void isShortAndInOneLineWithNothingThatATerminalActsOn() {
        assertThat(Shown.text("a\nb\tc\\d\r\0\u001b[31m\u202e😀é\uD800"))
                .isEqualTo("a\\nb\\tc\\\\d\\r\\u0000\\u001b[31m\\u202e😀é\\ud800");
        assertThat(Shown.text("😀".repeat(60))).isEqualTo("😀".repeat(60));
        assertThat(Shown.text("😀".repeat(61))).isEqualTo("😀".repeat(60) + "… (122 characters)");
        assertThat(Shown.text("")).isEmpty();
    }
}
