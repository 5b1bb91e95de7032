package org.caravan.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times around the changes of the clocks, where cron implementations differ; 2027's changes. */
class TimetableTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

    /** Berlin: 28 March 02:00 to 03:00. Los Angeles: 14 March 02:00 to 03:00. */
    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource({
        "Europe/Berlin,       30 2 * * *, SHIFT, 2027-03-27T02:30+01:00 2027-03-28T03:30+02:00 2027-03-29T02:30+02:00",
        "Europe/Berlin,       30 2 * * *, SKIP,  2027-03-27T02:30+01:00 2027-03-29T02:30+02:00 2027-03-30T02:30+02:00",
        "Europe/Berlin,       0 2 * * *,  SHIFT, 2027-03-27T02:00+01:00 2027-03-28T03:00+02:00 2027-03-29T02:00+02:00",
        "Europe/Berlin,       0 0 6 * * ?, SKIP, 2027-03-27T06:00+01:00 2027-03-28T06:00+02:00 2027-03-29T06:00+02:00",
        "America/Los_Angeles, 30 2 * * *, SHIFT, 2027-03-13T02:30-08:00 2027-03-14T03:30-07:00 2027-03-15T02:30-07:00",
        "America/Los_Angeles, 30 2 * * *, SKIP,  2027-03-13T02:30-08:00 2027-03-15T02:30-07:00 2027-03-16T02:30-07:00",
        "America/Los_Angeles, 0 30 2 * * ?, SHIFT, 2027-03-13T02:30-08:00 2027-03-14T03:30-07:00 2027-03-15T02:30-07:00"
    })
    void putsOffOrLeavesOutATimeThatDoesNotExist(ZoneId zone, String cron, DstGap gap, String expected) {
        Timetable timetable = new Timetable(Cron.parse(cron), zone, gap, DstOverlap.ONCE, Blackout.NONE);
        List<String> times = List.of(expected.split(" "));

        assertThat(shown(timetable, dayBefore(times), 3)).isEqualTo(times);
    }

    /** Berlin: 31 October 03:00 to 02:00. Los Angeles: 7 November 02:00 to 01:00. */
    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource({
        "Europe/Berlin,       30 2 * * *, ONCE,  2027-10-30T02:30+02:00 2027-10-31T02:30+02:00 2027-11-01T02:30+01:00",
        "Europe/Berlin,       30 2 * * *, TWICE, 2027-10-30T02:30+02:00 2027-10-31T02:30+02:00 2027-10-31T02:30+01:00",
        "Europe/Berlin,       0 3 * * *,  TWICE, 2027-10-30T03:00+02:00 2027-10-31T03:00+01:00 2027-11-01T03:00+01:00",
        "America/Los_Angeles, 30 1 * * *, ONCE,  2027-11-06T01:30-07:00 2027-11-07T01:30-07:00 2027-11-08T01:30-08:00",
        "America/Los_Angeles, 30 1 * * *, TWICE, 2027-11-06T01:30-07:00 2027-11-07T01:30-07:00 2027-11-07T01:30-08:00",
        "America/Los_Angeles, 0 30 1 * * ?, ONCE, 2027-11-06T01:30-07:00 2027-11-07T01:30-07:00 2027-11-08T01:30-08:00"
    })
    void takesATimeThatExistsTwiceOnceOrTwice(ZoneId zone, String cron, DstOverlap overlap, String expected) {
        Timetable timetable = new Timetable(Cron.parse(cron), zone, DstGap.SHIFT, overlap, Blackout.NONE);
        List<String> times = List.of(expected.split(" "));

        assertThat(shown(timetable, dayBefore(times), 3)).isEqualTo(times);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2027-03-28T00:00:00Z", "2027-10-31T00:00:00Z", "2027-03-14T09:00:00Z", "2027-11-07T08:00:00Z"})
    void keepsTheDistanceOfACronOfEveryHourThroughEveryChange(Instant change) {
        for (ZoneId zone : List.of(BERLIN, LOS_ANGELES)) {
            for (String cron : List.of("*/10 * * * *", "0 0/10 * * * ?")) {
                List<Instant> times = Timetable.of(Cron.parse(cron), zone).after(change.minusSeconds(1), 40);

                List<Instant> expected = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    expected.add(change.plusSeconds(600L * i));
                }
                assertThat(times).as("%s in %s", cron, zone).isEqualTo(expected);
            }
        }
    }

    @Test
    void keepsTheMinuteOfAnHourlyCronThroughTheGap() {
        Timetable hourly = Timetable.of(Cron.parse("30 * * * *"), BERLIN);

        assertThat(shown(hourly, Instant.parse("2027-03-27T23:45:00Z"), 3))
                .containsExactly("2027-03-28T01:30+01:00", "2027-03-28T03:30+02:00", "2027-03-28T04:30+02:00");
    }

    @Test
    void findsATimeThatWasPutOffAlsoFromBehindTheGap() {
        Timetable timetable = Timetable.of(Cron.parse("30 2 * * *"), BERLIN);

        assertThat(timetable.after(Instant.parse("2027-03-28T01:15:00Z")))
                .contains(Instant.parse("2027-03-28T01:30:00Z"));
        assertThat(timetable.after(Instant.parse("2027-03-28T01:30:00Z")))
                .contains(Instant.parse("2027-03-29T00:30:00Z"));
    }

    @Test
    void findsTheSecondOfATimeThatExistsTwiceOnlyBehindTheFirst() {
        Timetable twice =
                new Timetable(Cron.parse("30 2 * * *"), BERLIN, DstGap.SHIFT, DstOverlap.TWICE, Blackout.NONE);

        assertThat(twice.after(Instant.parse("2027-10-31T00:30:00Z"))).contains(Instant.parse("2027-10-31T01:30:00Z"));
        assertThat(twice.after(Instant.parse("2027-10-31T01:30:00Z"))).contains(Instant.parse("2027-11-01T01:30:00Z"));
    }

    /** Samoa left out 30 December 2011, a whole day. */
    @Test
    void comesThroughADayThatWasLeftOut() {
        Timetable timetable = Timetable.of(Cron.parse("0 6 * * *"), ZoneId.of("Pacific/Apia"));

        assertThat(shown(timetable, Instant.parse("2011-12-29T12:00:00Z"), 2))
                .containsExactly("2011-12-29T06:00-10:00", "2011-12-31T06:00+14:00");
    }

    @Test
    void looksFarAheadAndEndsWhereNothingComes() {
        assertThat(Timetable.of(Cron.parse("0 6 29 2 *"), BERLIN).after(Instant.parse("2097-01-01T00:00:00Z")))
                .contains(Instant.parse("2104-02-29T05:00:00Z"));
        assertThat(Timetable.of(Cron.parse("0 0 31 2 *"), BERLIN).after(Instant.parse("2027-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(Timetable.of(Cron.parse("0 0 6 * * ? 2020"), BERLIN).after(Instant.parse("2027-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(Timetable.of(Cron.parse("0 6 * * *"), ZoneId.of("UTC")).after(Instant.parse("2027-01-01T06:00:00Z")))
                .contains(Instant.parse("2027-01-02T06:00:00Z"));
    }

    @Test
    void isReadAsItWasWritten() {
        Timetable timetable =
                new Timetable(Cron.parse("0  6 * * *"), BERLIN, DstGap.SKIP, DstOverlap.TWICE, Blackout.NONE);

        assertThat(TimetableText.parse(TimetableText.of(timetable))).isEqualTo(timetable);
    }

    private static Instant dayBefore(List<String> times) {
        return ZonedDateTime.parse(times.get(0)).toInstant().minusSeconds(12 * 3600);
    }

    private static List<String> shown(Timetable timetable, Instant after, int count) {
        return timetable.after(after, count).stream()
                .map(time -> time.atZone(timetable.zone()).toOffsetDateTime().toString())
                .toList();
    }
}
