package org.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.schema.TableName;
import org.junit.jupiter.api.Test;

class RunTest {
    private static final Run.Outcome DONE = new Run.Outcome(Instant.EPOCH, Optional.empty());

    private final Run run = new Run(new RunId("20260131t060000000_4x7qa"), "customers", Instant.EPOCH);

    @Test
    void signsEveryStatement() {
        assertThat(run.comment(Step.LOAD))
                .isEqualTo("/* caravan pipeline=customers run=20260131t060000000_4x7qa step=load */ ");
    }

    @Test
    void countsTheValuesThatWereChangedByColumnAndRule() {
        assertThat(run.alterations()).isEmpty();

        run.addAlteration("note", "nul=remove");
        run.addAlteration("note", "onOverflow=truncate");
        run.addAlteration("note", "nul=remove");
        Map<String, Map<String, Long>> before = run.alterations();
        run.addAlteration("amount", "onOverflow=null");

        assertThat(before).isEqualTo(Map.of("note", Map.of("nul=remove", 2L, "onOverflow=truncate", 1L)));
        assertThat(run.alterations()).containsOnlyKeys("amount", "note");
    }

    @Test
    void addsUpTheTimesOfAStepThatGoesOn() {
        run.begin(Step.VERIFY);
        run.end(Step.VERIFY);
        Duration first = run.times().get(Step.VERIFY);

        run.begin(Step.VERIFY);
        Duration underWay = run.times().get(Step.VERIFY);
        run.end(Step.VERIFY);
        Duration second = run.times().get(Step.VERIFY);

        assertThat(underWay).isGreaterThanOrEqualTo(first);
        assertThat(second).isGreaterThanOrEqualTo(underWay);
    }

    @Test
    void doesNotStartAStepsTimeAgainWhenItGoesOn() {
        run.begin(Step.STAGE);
        Duration before = run.times().get(Step.STAGE);
        run.begin(Step.STAGE);

        assertThat(run.times().get(Step.STAGE)).isGreaterThanOrEqualTo(before);
    }

    @Test
    void tellsOnlyTheStepsThatWereBegunInTheirOrder() {
        run.begin(Step.STAGE);
        run.begin(Step.EXTRACT);
        run.end(Step.PUBLISH);

        assertThat(run.times().keySet()).containsExactly(Step.EXTRACT, Step.STAGE);
        assertThat(run.current()).isEqualTo(Step.EXTRACT);
    }

    @Test
    void stopsEveryClockWhenItIsClosed() {
        run.begin(Step.EXTRACT);
        run.begin(Step.STAGE);

        run.close(DONE);

        assertThat(run.times()).isEqualTo(run.times()).containsOnlyKeys(Step.EXTRACT, Step.STAGE);
    }

    @Test
    void isClosedOnce() {
        List<String> freed = new ArrayList<>();
        run.onClose(() -> freed.add("x"));
        Run.Outcome failed = new Run.Outcome(Instant.EPOCH, Optional.of(new Failure(Category.LOAD, "too late")));

        assertThat(run.outcome()).isEmpty();
        assertThat(run.close(DONE)).isTrue();
        assertThat(run.close(failed)).isFalse();

        assertThat(freed).containsExactly("x");
        assertThat(run.outcome()).contains(DONE);
    }

    @Test
    void freesWhatItWasGivenLastFirst() {
        List<String> freed = new ArrayList<>();
        for (String name : List.of("rows", "parts", "table")) {
            run.onClose(() -> freed.add(name));
        }

        run.close(DONE);

        assertThat(freed).containsExactly("table", "parts", "rows");
    }

    @Test
    void freesTheRestAlthoughOneCannotBeFreed() {
        List<String> freed = new ArrayList<>();
        run.onClose(() -> freed.add("rows"));
        run.onClose(() -> {
            throw new IllegalStateException("the pool is closed");
        });

        assertThat(run.close(DONE)).isTrue();

        assertThat(freed).containsExactly("rows");
        assertThat(run.outcome()).contains(DONE);
    }

    @Test
    void remembersTheFirstFailure() {
        IllegalStateException first = new IllegalStateException("first");
        run.fail(first);
        run.fail(new IllegalStateException("second"));

        assertThat(run.failure()).containsSame(first);
    }

    @Test
    void listsItsPartsByNumber() {
        for (int number : new int[] {2, 10, 1}) {
            run.addPart(new StagedPart(number, "key", 1, 1, 0));
        }

        assertThat(run.parts()).extracting(StagedPart::number).containsExactly(1, 2, 10);
        assertThatThrownBy(() -> run.parts().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void keepsTheLastCountOfAPoint() {
        assertThat(run.rows(Point.REDSHIFT)).isEmpty();
        run.count(Point.REDSHIFT, 1);
        run.count(Point.REDSHIFT, 0);

        assertThat(run.rows(Point.REDSHIFT)).hasValue(0);
        assertThat(run.rows(Point.DATABRICKS)).isEmpty();
    }

    @Test
    void keepsEvidenceByTableAndPoint() {
        TableName staging = new TableName("s", "t");
        run.verified(staging, Point.REDSHIFT);

        assertThat(run.isVerified(staging, Point.REDSHIFT)).isTrue();
        assertThat(run.isVerified(staging, Point.DATABRICKS)).isFalse();
        assertThat(run.isVerified(new TableName("s", "u"), Point.REDSHIFT)).isFalse();
    }
}
