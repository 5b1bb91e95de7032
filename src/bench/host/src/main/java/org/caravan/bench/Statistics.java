package org.caravan.bench;

import java.util.List;
import java.util.OptionalDouble;

/** Of a few measured values. */
final class Statistics {
    private Statistics() {}

    /** The middle value, or the mean of the middle two. */
    static OptionalDouble median(List<Double> values) {
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /** How much greater the greatest is than the least, in percent of the least. */
    static double spreadPercent(List<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double greatest = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return (greatest - least) / least * 100;
    }
}
