package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-30, 2026-02-01, DAY, 2026-01-30/2026-01-30 2026-01-31/2026-01-31 2026-02-01/2026-02-01",
        "2026-01-01, 2026-01-10, WEEK, 2026-01-01/2026-01-07 2026-01-08/2026-01-10",
        "2026-01-31, 2026-03-02, MONTH, 2026-01-31/2026-01-31 2026-02-01/2026-02-28 2026-03-01/2026-03-02"
    })
    void holdEveryDayOnce(LocalDate from, LocalDate to, Intervals.Size size, String expected) {
        assertThat(Intervals.of(from, to, size).stream()
                        .map(interval -> interval.first() + "/" + interval.last())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }
}
