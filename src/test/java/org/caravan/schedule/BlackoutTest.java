package org.caravan.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlackoutTest {
    /** 2026-11-29 is a Sunday. */
    @ParameterizedTest(name = "{0} at {1}: until {2}")
    @CsvSource({
        "22:00-06:00,                        2026-11-29T21:59, ",
        "22:00-06:00,                        2026-11-29T22:00, 2026-11-30T06:00",
        "22:00-06:00,                        2026-11-29T05:59, 2026-11-29T06:00",
        "22:00-06:00,                        2026-11-29T06:00, ",
        "08:00-18:00,                        2026-11-29T12:00, 2026-11-29T18:00",
        "'Sat,Sun',                          2026-11-29T00:00, 2026-11-30T00:00",
        "'Sat,Sun',                          2026-11-30T00:00, ",
        "Mon-Fri 08:00-18:00,                2026-11-29T12:00, ",
        "Mon-Fri 08:00-18:00,                2026-11-30T12:00, 2026-11-30T18:00",
        "Fri 22:00-06:00,                    2026-11-28T05:00, 2026-11-28T06:00",
        "Fri 22:00-06:00,                    2026-11-28T23:00, ",
        "2026-12-24..2026-12-26,             2026-12-26T23:59, 2026-12-27T00:00",
        "2026-12-24,                         2026-12-24T12:00, 2026-12-25T00:00",
        "2026-12-24T12:00..2026-12-27T06:00, 2026-12-24T11:59, ",
        "2026-12-24T12:00..2026-12-27T06:00, 2026-12-24T12:00, 2026-12-27T06:00",
        "Sun; 2026-11-29..2026-12-01,        2026-11-29T12:00, 2026-12-02T00:00"
    })
    void holdsFromItsBeginningToItsEnd(String text, LocalDateTime time, LocalDateTime end) {
        assertThat(Blackout.parse(text).end(time).orElse(null)).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nights", "25:00-06:00", "Xyz", "2026-13-01", "2026-12-26..2026-12-24", "22:00", "Mon 8-10"})
    void saysWhatCannotBeRead(String text) {
        assertThatThrownBy(() -> Blackout.parse("08:00-09:00; " + text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void leavesTimesOut() {
        Timetable hourly = timetable("0 * * * *", "Sat,Sun; 20:00-06:00");

        assertThat(hourly.after(Instant.parse("2026-11-27T18:30:00Z"), 3))
                .containsExactly(
                        Instant.parse("2026-11-30T05:00:00Z"),
                        Instant.parse("2026-11-30T06:00:00Z"),
                        Instant.parse("2026-11-30T07:00:00Z"));
    }

    @Test
    void leavesNothingWhereItHoldsAlways() {
        assertThat(timetable("0 6 * * *", "00:00-12:00").after(Instant.parse("2026-11-27T18:30:00Z")))
                .isEmpty();
    }

    @Test
    void ofATimetableIsReadAsItWasWritten() {
        Timetable timetable = timetable("0 6 * * *", "Sat,Sun; 22:00-06:00");

        assertThat(TimetableText.parse(TimetableText.of(timetable))).isEqualTo(timetable);
        assertThat(timetable).isNotEqualTo(timetable("0 6 * * *", "Sat"));
    }

    @Test
    void findsTheLastTimeThatWasDue() {
        Timetable daily = timetable("0 6 * * *", "Sun");

        assertThat(daily.atOrBefore(Instant.parse("2026-11-30T05:00:00Z")))
                .contains(Instant.parse("2026-11-30T05:00:00Z"));
        assertThat(daily.atOrBefore(Instant.parse("2026-11-30T04:59:59Z")))
                .contains(Instant.parse("2026-11-28T05:00:00Z"));
        assertThat(timetable("0 6 29 2 *", "").atOrBefore(Instant.parse("2027-01-01T00:00:00Z")))
                .contains(Instant.parse("2024-02-29T05:00:00Z"));
    }

    private static Timetable timetable(String cron, String blackout) {
        return new Timetable(
                Cron.parse(cron), ZoneId.of("Europe/Berlin"), DstGap.SHIFT, DstOverlap.ONCE, Blackout.parse(blackout));
    }
}
