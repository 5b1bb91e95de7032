package org.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {
    @Test
    void tellsItsStartInUtcToTheMillisecond() {
        assertThat(RunId.at(Instant.parse("2026-01-31T06:07:08.009999Z")).value())
                .matches("20260131t060708009_[0-9a-z]{5}");
    }

    @Test
    void sortsByTime() {
        Random random = new Random(1);
        List<Instant> starts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            // From 1970 to 2286, some only a millisecond apart.
            long millis = random.nextLong(10_000_000_000_000L);
            starts.add(Instant.ofEpochMilli(millis));
            starts.add(Instant.ofEpochMilli(millis + 1));
        }
        Collections.sort(starts);

        assertThat(starts.stream().distinct().map(start -> RunId.at(start).value()))
                .isSorted();
    }

    @Test
    void tellsRunsOfOneMillisecondApart() {
        Set<RunId> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ids.add(RunId.at(Instant.EPOCH));
        }

        // One in 60 million each; two of a hundred are alike once in twelve thousand test runs.
        assertThat(ids).hasSizeGreaterThan(98);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20260131t060000000",
                "20260131T060000000_4x7qa",
                "20260131t060000000_4X7QA",
                "20260131t060000000_4x7q",
                "20260131t060000000_4x7qaa",
                "20260131t060000000-4x7qa",
                " 20260131t060000000_4x7qa",
                "*/ DROP TABLE t; --"
            })
    void refusesWhatIsNoRunId(String value) {
        assertThatThrownBy(() -> new RunId(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Invalid run id '" + value + "'");
    }
}
