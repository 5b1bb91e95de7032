package org.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "1B, 1",
        "1KB, 1024",
        "64MB, 67108864",
        "64 mb, 67108864",
        "' 2GB ', 2147483648",
        "8589934591GB, 9223372035781033984"
    })
    void readsANumberWithAUnit(String text, long bytes) {
        assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "MB", "-1MB", "1.5MB", "1TB", "1 M B", "64MiB", "1e3", "8589934592GB", "9223372036854775808"
            })
    void refusesWhatIsNoSizeOrTooLarge(String text) {
        assertThatThrownBy(() -> DataSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid size '" + text + "'; write a number and B, KB, MB or GB, such as 64MB");
    }

    @Test
    void readsUnitsInAnyLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(DataSize.parse("1gb").bytes()).isEqualTo(1L << 30);
        } finally {
            Locale.setDefault(before);
        }
    }
}
