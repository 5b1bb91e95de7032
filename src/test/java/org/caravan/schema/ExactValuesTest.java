package org.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"1582-10-05", "1582-10-10", "1582-10-14"})
    void refusesTheDaysThatReadersByJdbcDoNotHave(String day) {
        String problem = "is on " + day + ", one of the ten days of October 1582";

        assertThatThrownBy(() -> ExactValues.days(LocalDate.parse(day))).hasMessageStartingWith(problem);
        assertThatThrownBy(() -> ExactValues.micros(LocalDateTime.parse(day + "T23:59:59")))
                .hasMessageStartingWith(problem);
        assertThatThrownBy(() -> ExactValues.micros(OffsetDateTime.parse(day + "T12:00:00Z")))
                .hasMessageStartingWith(problem);
    }

    @Test
    void takesTheDaysAround() {
        assertThat(ExactValues.days(LocalDate.of(1582, 10, 4))).isEqualTo(-141438);
        assertThat(ExactValues.days(LocalDate.of(1582, 10, 15))).isEqualTo(-141427);
        assertThat(ExactValues.micros(LocalDateTime.parse("1582-10-04T23:59:59.999999")))
                .isEqualTo(-141437L * 86_400_000_000L - 1);
        assertThat(ExactValues.micros(OffsetDateTime.parse("1582-10-14T23:00:00-01:00")))
                .isEqualTo(-141427L * 86_400_000_000L);
    }
}
