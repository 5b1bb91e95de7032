package org.caravan.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a pipeline is due daily at six in Berlin, outside of a blackout. */
class DueTimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant SIX = Instant.parse("2026-11-28T05:00:00Z");

    private static DueTimes daily(Optional<Timetable> times, Instant since) {
        return new DueTimes(new Plan("daily", times, Misfire.RUN_ONCE, "", Set.of(), Blackout.NONE, BERLIN), since);
    }

    private static Optional<Timetable> times(Blackout blackout) {
        Timetable usual = Timetable.of(Cron.parse("0 0 6 * * ?"), BERLIN);
        return Optional.of(new Timetable(usual.cron(), BERLIN, usual.gap(), usual.overlap(), blackout));
    }

    @Test
    void tellsTheLastTimeAndTheNext() {
        DueTimes due = daily(times(Blackout.NONE), Instant.EPOCH);

        assertThat(due.lastUntil(SIX)).contains(SIX);
        assertThat(due.lastUntil(SIX.plusSeconds(3600))).contains(SIX);
        assertThat(due.lastUntil(SIX.minusSeconds(1))).contains(Instant.parse("2026-11-27T05:00:00Z"));
        assertThat(due.next(SIX)).contains(Instant.parse("2026-11-29T05:00:00Z"));
    }

    @Test
    void answersForNoTimeThatIsNotAfterItsBeginning() {
        assertThat(daily(times(Blackout.NONE), SIX).lastUntil(SIX.plusSeconds(3600)))
                .isEmpty();
        assertThat(daily(times(Blackout.NONE), SIX.minusSeconds(1)).lastUntil(SIX))
                .contains(SIX);
    }

    @Test
    void leavesBlackoutsOut() {
        DueTimes due = daily(times(Blackout.parse("Sat,Sun")), Instant.EPOCH);

        assertThat(due.lastUntil(SIX.plusSeconds(3600))).contains(Instant.parse("2026-11-27T05:00:00Z"));
    }

    @Test
    void knowsNoTimesOfAPipelineThatFollowsOthers() {
        DueTimes due = daily(Optional.empty(), Instant.EPOCH);

        assertThat(due.lastUntil(SIX)).isEmpty();
        assertThat(due.next(SIX)).isEmpty();
    }
}
