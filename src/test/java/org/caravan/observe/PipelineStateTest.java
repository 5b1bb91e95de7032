package org.caravan.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Pause;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Standing;
import org.caravan.ledger.StartedBy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a pipeline that is due daily at six. */
class PipelineStateTest {
    static final Duration LATE_AFTER = Duration.ofMinutes(10);
    private static final Instant SIX = Instant.parse("2026-11-29T06:00:00Z");
    private static final Instant YESTERDAY = SIX.minus(Duration.ofDays(1));

    static Due daily(Instant since) {
        return new Due() {
            @Override
            public Optional<Instant> lastUntil(Instant time) {
                return Optional.of(time.isBefore(SIX) ? YESTERDAY : SIX).filter(due -> due.isAfter(since));
            }

            @Override
            public Optional<Instant> next(Instant time) {
                return Optional.of(time.isBefore(SIX) ? SIX : SIX.plus(Duration.ofDays(1)));
            }
        };
    }

    static KeptRun run(RunState state, Instant started) {
        Optional<Failure> failure =
                state == RunState.FAILED ? Optional.of(new Failure(Category.LOAD, "COPY failed")) : Optional.empty();
        return new KeptRun(
                RunId.at(started),
                "daily",
                state,
                started,
                state == RunState.RUNNING ? Optional.empty() : Optional.of(started.plusSeconds(60)),
                Origin.here(StartedBy.SCHEDULE, ""),
                "",
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                failure,
                Map.of(),
                0,
                0);
    }

    private static PipelineState at(String time, KeptRun... latest) {
        return at(Instant.parse("2026-11-29T" + time + "Z"), Optional.empty(), Instant.MIN, latest);
    }

    private static PipelineState at(Instant time, Optional<Pause> pause, Instant unpaused, KeptRun... latest) {
        Standing standing = new Standing(List.of(latest), Optional.empty());
        return PipelineState.of(
                new PipelineState.Known("daily", standing, daily(Instant.MIN), pause, unpaused), time, LATE_AFTER);
    }

    @Test
    void isWellWhenItsRunOfTodayIsDone() {
        PipelineState state = at("07:00:00", run(RunState.DONE, SIX), run(RunState.FAILED, YESTERDAY));

        assertThat(state.conditions()).isEmpty();
        assertThat(state.missed()).isEmpty();
        assertThat(state.next()).contains(SIX.plus(Duration.ofDays(1)));
    }

    @ParameterizedTest
    @CsvSource({"06:09:59, false", "06:10:00, true", "23:59:59, true", "05:59:59, false"})
    void isLateOnceTheTimeAfterItWasDueHasPassedWithoutARun(String time, boolean late) {
        PipelineState state = at(time, run(RunState.DONE, YESTERDAY));

        assertThat(state.is(Condition.LATE)).isEqualTo(late);
        assertThat(state.missed()).isEqualTo(late ? Optional.of(SIX) : Optional.empty());
    }

    @Test
    void isLateWhileTheRunBeforeGoesOnOverItsTime() {
        assertThat(at("06:10:00", run(RunState.RUNNING, YESTERDAY)).conditions())
                .containsExactlyInAnyOrder(Condition.LATE, Condition.RUNNING);
    }

    @Test
    void isNotLateByTheClockOfAnotherNode() {
        assertThat(at("06:10:00", run(RunState.DONE, SIX.minusSeconds(3))).conditions())
                .isEmpty();
    }

    @Test
    void isNotLateForTimesOfBefore() {
        PipelineState state = PipelineState.of(
                new PipelineState.Known(
                        "daily", new Standing(List.of(), Optional.empty()), daily(SIX), Optional.empty(), Instant.MIN),
                SIX.plus(LATE_AFTER),
                LATE_AFTER);

        assertThat(state.conditions()).containsExactly(Condition.NEVER_RAN);
    }

    @Test
    void isNotLateWhileItIsPausedNorForTimesThatWereDueThen() {
        Instant seven = SIX.plus(Duration.ofHours(1));
        KeptRun yesterdays = run(RunState.DONE, YESTERDAY);

        PipelineState paused =
                at(seven, Optional.of(new Pause(YESTERDAY, "ada@node", "the cluster moves")), seven, yesterdays);

        assertThat(paused.conditions()).containsExactly(Condition.PAUSED);
        assertThat(at(seven, Optional.empty(), SIX.plusSeconds(5), yesterdays).conditions())
                .isEmpty();
        assertThat(at(seven, Optional.empty(), SIX.minusSeconds(5), yesterdays).conditions())
                .containsExactly(Condition.LATE);
    }

    @ParameterizedTest
    @CsvSource({"FAILED, true", "INTERRUPTED, true", "DONE, false"})
    void failsByItsLastRunThatIsOver(RunState state, boolean failing) {
        assertThat(at("07:00:00", run(state, SIX)).is(Condition.FAILING)).isEqualTo(failing);
        assertThat(at("07:00:00", run(RunState.RUNNING, SIX), run(state, YESTERDAY))
                        .is(Condition.FAILING))
                .isEqualTo(failing);
    }

    @Test
    void neverRanWithoutARun() {
        assertThat(at("05:00:00").conditions()).contains(Condition.NEVER_RAN);
        assertThat(at("05:00:00", run(RunState.FAILED, YESTERDAY)).conditions()).containsExactly(Condition.FAILING);
    }
}
