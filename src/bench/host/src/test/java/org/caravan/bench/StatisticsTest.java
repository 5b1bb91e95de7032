package org.caravan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void medianOfAnOddNumberIsTheMiddleValue() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).hasValue(2.0);
    }

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(Statistics.median(List.of(4.0, 1.0, 2.0, 100.0))).hasValue(3.0);
    }

    @Test
    void nothingHasNoMedian() {
        assertThat(Statistics.median(List.of())).isEmpty();
    }

    @Test
    void spreadIsInPercentOfTheLeast() {
        assertThat(Statistics.spreadPercent(List.of(200.0, 210.0, 205.0))).isEqualTo(5.0);
    }
}
