package org.caravan.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A contender's figures of all rounds: medians, and the medians of each round's ratio to the limit of that round. Absent if no round
 * was good, or no limit was measured.
 *
 * @param rounds how many rounds were good
 * @param failed how many were not
 */
record Row(
        Contender contender,
        OptionalDouble wall,
        OptionalDouble work,
        OptionalDouble wallRatio,
        OptionalDouble workRatio,
        OptionalDouble cpu,
        OptionalDouble peakMegabytes,
        OptionalDouble fileMegabytes,
        int rounds,
        int failed) {
    private static final double MEGABYTE = 1_000_000;

    static Row of(Contender contender, List<Sample> samples, Optional<Contender> limit) {
        List<Sample> own = samples.stream()
                .filter(sample -> sample.contender().equals(contender.id()))
                .toList();
        List<Sample> good = own.stream().filter(Sample::isGood).toList();
        List<Sample> limits = samples.stream()
                .filter(Sample::isGood)
                .filter(sample -> limit.filter(each -> each.id().equals(sample.contender()))
                        .isPresent())
                .toList();
        return new Row(
                contender,
                median(good, Sample::wall),
                median(good, Sample::work),
                ratio(good, limits, Sample::wall),
                ratio(good, limits, Sample::work),
                median(good, Sample::cpu),
                median(good, sample -> sample.peakBytes() / MEGABYTE),
                median(good, sample -> sample.bytes() / MEGABYTE),
                good.size(),
                own.size() - good.size());
    }

    private static OptionalDouble median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return Statistics.median(
                samples.stream().map(sample -> figure.applyAsDouble(sample)).toList());
    }

    private static OptionalDouble ratio(List<Sample> samples, List<Sample> limits, ToDoubleFunction<Sample> figure) {
        return Statistics.median(samples.stream()
                .flatMap(sample -> limits.stream()
                        .filter(limit -> limit.round() == sample.round())
                        .map(limit -> figure.applyAsDouble(sample) / limit.wall()))
                .toList());
    }
}
