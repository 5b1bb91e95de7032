package org.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.caravan.ledger.Increment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncrementRuleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "merge             | some | keep   | id  | ''",
                "merge             | none | keep   | id  | ''",
                "merge             | some | delete | id  | whenMissing=delete would delete all rows that are not in the increment",
                "append            | none | keep   | id  | ''",
                "append            | some | keep   | id  | the rows of the overlap would stand in the target twice",
                "replace           | none | keep   | id  | only the rows of the increment",
                "swap              | none | keep   | id  | only the rows of the increment",
                "replace-partition | some | keep   | Day | ''",
                "replace-partition | some | keep   | id  | rows of a partition that have not changed"
            })
    void refusesWhatWouldRepeatRowsOrLoseThem(
            String mode, String overlap, String whenMissing, String column, String said) {
        PublishConfiguration configuration = new PublishConfiguration();
        configuration.setMode(mode);
        configuration.setWhenMissing(whenMissing);
        if (mode.equals("merge")) {
            configuration.setKeys("id");
        } else if (mode.startsWith("replace-")) {
            configuration.setPartition("day");
        }
        PublishOptions options = configuration.options(Duration.ofMinutes(1));

        Optional<String> problem = IncrementRule.problem(increment(overlap, column, Increment.Modes.SAFE), options);

        if (said.isEmpty()) {
            assertThat(problem).isEmpty();
        } else {
            assertThat(problem.orElseThrow()).contains(said, "watermarkModes=any");
        }
        assertThat(IncrementRule.problem(increment(overlap, column, Increment.Modes.ANY), options))
                .isEmpty();
    }

    private static Increment increment(String overlap, String column, Increment.Modes modes) {
        return new Increment(
                column,
                Optional.of(column),
                "date",
                "2026-01-01",
                "2026-01-02",
                Increment.Overlap.valueOf(overlap.toUpperCase(java.util.Locale.ROOT)),
                modes);
    }
}
