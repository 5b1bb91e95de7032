package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.ledger.Cancellation;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.Origin;
import org.caravan.ledger.RunDetails;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.Step;
import org.caravan.ledger.Warning;
import org.junit.jupiter.api.Test;

/** What is said of a run that was to be cancelled. */
class CancelFateTest {
    private static final Instant START = Instant.parse("2026-11-29T06:00:00Z");
    private static final Optional<Instant> END = Optional.of(START.plusSeconds(12));
    private static final RunId ID = RunId.at(START);
    private static final Failure CANCELLED =
            new Failure(Category.INTERRUPTED, "The run was cancelled in step publish.");
    private static final Optional<String> TABLE = Optional.of("public.customers");

    private enum Request {
        NONE,
        ASKED,
        SEEN
    }

    @Test
    void callsARunCancelledThatEndedByTheRequest() {
        CancelFate fate = fate(RunState.INTERRUPTED, Optional.empty(), Request.SEEN);

        assertThat(fate.kind()).isEqualTo(CancelFate.Kind.CANCELLED);
        assertThat(fate.exitCode()).isZero();
        assertThat(fate.message())
                .isEqualTo("Run " + ID
                        + " of pipeline 'customers' is cancelled in step publish after 12.0 s. The target has the"
                        + " rows of before, and the lock is free. To go on with it: caravan resume " + ID
                        + "; to do it again: caravan retry " + ID + ".");
    }

    @Test
    void tellsWhereTheRowsAreOfARunThatWasPublishedBefore() {
        CancelFate fate = fate(RunState.INTERRUPTED, TABLE, Request.SEEN);

        assertThat(fate.kind()).isEqualTo(CancelFate.Kind.PUBLISHED);
        assertThat(fate.exitCode()).isEqualTo(3);
        assertThat(fate.message()).contains("its rows are in public.customers, and stay there", "caravan resume " + ID);
    }

    @Test
    void doesNotSayThatTheTargetHasTheRowsOfBeforeIfTheReplyToTheCommitIsLost() {
        Warning doubt = new Warning(Warning.COMMIT, "The COMMIT of run x failed. The load ledger knows.");
        CancelFate fate = CancelFate.of(
                        details(RunState.INTERRUPTED, END, Optional.empty(), Request.SEEN, List.of(doubt)))
                .orElseThrow();

        assertThat(fate.kind()).isEqualTo(CancelFate.Kind.IN_DOUBT);
        assertThat(fate.exitCode()).isEqualTo(8);
        assertThat(fate.message())
                .contains("whether it is published is not known: The COMMIT of run x failed.")
                .doesNotContain("rows of before");
    }

    @Test
    void callsARunOverThatEndedBeforeItSawTheRequest() {
        CancelFate fate = fate(RunState.DONE, TABLE, Request.ASKED);

        assertThat(fate.kind()).isEqualTo(CancelFate.Kind.OVER);
        assertThat(fate.exitCode()).isEqualTo(3);
        assertThat(fate.message())
                .isEqualTo("Run " + ID
                        + " of pipeline 'customers' is done, before the request reached it; there is nothing to"
                        + " cancel. Its rows are in public.customers, and stay there.");
        assertThat(fate(RunState.DONE, TABLE, Request.SEEN).kind())
                .as("it saw the request as it ended")
                .isEqualTo(CancelFate.Kind.OVER);
        assertThat(fate(RunState.INTERRUPTED, Optional.empty(), Request.NONE).message())
                .contains("is interrupted since 2026-11-29T06:00:12Z; there is nothing to cancel.");
    }

    @Test
    void saysOfARunUnderWayWhetherItHasSeenTheRequest() {
        RunDetails asked = details(RunState.RUNNING, Optional.empty(), Optional.empty(), Request.ASKED, List.of());
        RunDetails seen = details(RunState.RUNNING, Optional.empty(), Optional.empty(), Request.SEEN, List.of());

        assertThat(CancelFate.of(asked)).isEmpty();
        CancelFate fate = CancelFate.waiting(asked, Duration.ofMinutes(2));
        assertThat(fate.exitCode()).isEqualTo(9);
        assertThat(fate.message())
                .contains("has not ended within 120 s. It has not seen the request yet. The request stands");
        assertThat(CancelFate.waiting(seen, Duration.ofMinutes(2)).message()).contains("It has seen the request");
    }

    private static CancelFate fate(RunState state, Optional<String> table, Request request) {
        return CancelFate.of(details(state, END, table, request, List.of())).orElseThrow();
    }

    private static RunDetails details(
            RunState state, Optional<Instant> ended, Optional<String> table, Request request, List<Warning> warnings) {
        KeptRun run = new KeptRun(
                ID,
                "customers",
                state,
                START,
                ended,
                new Origin("node-1", 4711, "ada", StartedBy.SCHEDULE, ""),
                "",
                Optional.empty(),
                1,
                table,
                Optional.empty(),
                state == RunState.INTERRUPTED ? Optional.of(CANCELLED) : Optional.empty(),
                Map.of(),
                0,
                0);
        return new RunDetails(
                run,
                Map.of(
                        Step.LOAD, new RunDetails.StepTime(START.plusSeconds(1), Duration.ofSeconds(1)),
                        Step.PUBLISH, new RunDetails.StepTime(START.plusSeconds(2), Duration.ofSeconds(9))),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                warnings,
                List.of(),
                request == Request.NONE
                        ? Optional.empty()
                        : Optional.of(new Cancellation(
                                START,
                                "desk",
                                12,
                                "bob",
                                request == Request.SEEN ? Optional.of(START.plusSeconds(11)) : Optional.empty())));
    }
}
