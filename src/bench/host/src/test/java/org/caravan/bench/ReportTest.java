package org.caravan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    /** The limit drifts from 10 to 20 s, and the writer with it: its ratio stays. */
    private static final List<Sample> SAMPLES = List.of(
            Figures.sample(Figures.LIMIT, 1, 10, 10),
            Figures.sample(Figures.WRITER, 1, 15, 12),
            Figures.sample(Figures.LIMIT, 2, 20, 20),
            Figures.sample(Figures.WRITER, 2, 30, 24));

    @Test
    void ratiosAreTakenWithinEachRound() {
        assertThat(Figures.report(SAMPLES).markdown())
                .contains("| caravan: COPY & <more> | 22.50 | 18.00 | 1.50 | 1.20 | 3.0 | 400 | 50.0 | -Xmx1g |");
    }

    @Test
    void whatIsNotRunSaysWhy() {
        assertThat(Figures.report(SAMPLES).markdown()).contains("Not run: caravan-2 (no such option).");
    }

    @Test
    void aFailedContenderHasNoFigures() {
        Report report =
                Figures.report(List.of(Figures.sample(Figures.LIMIT, 1, 10, 10), Figures.failed(Figures.WRITER, 1)));

        assertThat(report.isGood()).isFalse();
        assertThat(report.markdown()).contains("| caravan: COPY & <more> | FAILED | | | | | | | -Xmx1g |");
    }

    @Test
    void aFailedRoundIsLeftOutAndShown() {
        Report report = Figures.report(List.of(
                Figures.sample(Figures.LIMIT, 1, 10, 10),
                Figures.sample(Figures.WRITER, 1, 15, 12),
                Figures.sample(Figures.LIMIT, 2, 20, 20),
                Figures.failed(Figures.WRITER, 2)));

        assertThat(report.markdown()).contains("(1 rounds FAILED) | 15.00 | 12.00 | 1.50 |");
    }

    @Test
    void withoutALimitThereAreNoRatios() {
        assertThat(Figures.report(List.of(Figures.sample(Figures.WRITER, 1, 15, 12)))
                        .markdown())
                .contains("| 15.00 | 12.00 |  |  | 3.0 |");
    }
}
