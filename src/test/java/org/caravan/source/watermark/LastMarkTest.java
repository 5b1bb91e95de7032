package org.caravan.source.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Mark;
import org.caravan.ledger.PublishedMarks.Published;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Watermarks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastMarkTest {
    private static final List<RunId> RUNS = List.of(run(0), run(1), run(2), run(3));

    @ParameterizedTest(name = "{0} {1}, by the ledger {2}: {3}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // Runs 1 to 3 as the warehouse has them, by mode, and what the ledger says of each; its mark; whose
                // mark counts.
                "merge | done done done                  | 3 | 3",
                "merge | done done failed                | 2 | 2",
                "merge | done interrupted failed         | 1 | 1",
                "merge | failed interrupted interrupted  | - | -",
                // Not read again, for it would be there twice.
                "append | done done interrupted          | 2 | 3",
                "append | done failed done               | 3 | 3",
                // The ledger was lost, or made anew, or has forgotten a run that it never saw verified.
                "merge | unknown unknown unknown         | - | 3",
                "merge | unknown unknown done            | 3 | 3",
                "merge | done done unknown               | 2 | 2",
                "append | done done unknown              | 2 | 3"
            })
    void isThatOfTheLastRunWhichIsPublishedAndVerified(String mode, String states, Integer kept, Integer expected) {
        LastMark last = find(mode, states.strip().split(" +"), Optional.ofNullable(kept));

        assertThat(last.mark()).isEqualTo(Optional.ofNullable(expected).map(LastMarkTest::mark));
    }

    @Test
    void asksAPersonWhatToDoWithAppendedRowsThatAreNotProven() {
        assertThatThrownBy(() -> find("append", new String[] {"done", "done", "failed"}, Optional.of(2)))
                .isInstanceOf(CaravanException.class)
                .hasMessageContainingAll("run " + RUNS.get(3) + " has appended its rows", "--watermark-from 3");
    }

    @Test
    void asksAPersonIfTheWarehouseKnowsOfNothing() {
        assertThatThrownBy(() -> find("merge", new String[0], Optional.of(2)))
                .isInstanceOf(CaravanException.class)
                .hasMessageContainingAll("by Caravan's ledger run " + RUNS.get(2), "--watermark-from 2");
    }

    @Test
    void readsAgainWhatAWarehouseHasLostAndSaysSo() {
        LastMark last = find("merge", new String[] {"done"}, Optional.of(2));

        assertThat(last.mark()).contains(mark(1));
        assertThat(last.warning().orElseThrow().message())
                .contains("the warehouse knows of none after run " + RUNS.get(1));
    }

    @Test
    void readsMarksOfTheSameNameOnly() {
        List<Published> other = List.of(new Published(RUNS.get(1), "merge", new Mark("created_at", "bigint", "1")));

        assertThat(LastMark.of("p", "id", Optional.of(other), Optional.empty(), run -> Optional.empty())
                        .mark())
                .isEmpty();
    }

    @Test
    void trustsTheLedgerIfThereIsNoWarehouse() {
        assertThat(LastMark.of("p", "id", Optional.empty(), kept(2), run -> Optional.empty())
                        .mark())
                .contains(mark(2));
    }

    private static LastMark find(String mode, String[] states, Optional<Integer> kept) {
        List<Published> published = new ArrayList<>();
        for (int i = states.length; i > 0; i--) {
            published.add(new Published(RUNS.get(i), mode, mark(i)));
        }
        Map<String, RunState> known =
                Map.of("done", RunState.DONE, "failed", RunState.FAILED, "interrupted", RunState.INTERRUPTED);
        return LastMark.of(
                "p",
                "id",
                Optional.of(published),
                kept.flatMap(LastMarkTest::kept),
                run -> Optional.ofNullable(known.get(states[RUNS.indexOf(run) - 1])));
    }

    private static Optional<Watermarks.Kept> kept(int run) {
        return Optional.of(new Watermarks.Kept(mark(run), RUNS.get(run), Instant.EPOCH));
    }

    private static RunId run(int second) {
        return RunId.at(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second));
    }

    private static Mark mark(int value) {
        return new Mark("id", "bigint", String.valueOf(value));
    }
}
