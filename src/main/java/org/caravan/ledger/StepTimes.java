package org.caravan.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which step a run is at, and the time that each has taken. Not thread-safe: the run guards it. */
final class StepTimes {
    private final Map<Step, Instant> firstBegun = new EnumMap<>(Step.class);
    private final Map<Step, Long> underWay = new EnumMap<>(Step.class);
    private final Map<Step, Long> nanos = new EnumMap<>(Step.class);
    private Step current = Step.EXTRACT;

    /** Starts a step, or goes on with it; says whether the run was not at it before. */
    boolean begin(Step step) {
        boolean enters = current != step || !firstBegun.containsKey(step);
        current = step;
        firstBegun.putIfAbsent(step, Instant.now());
        underWay.putIfAbsent(step, System.nanoTime());
        return enters;
    }

    /** Ends a step for now and adds its time; does nothing if it is not under way. */
    void end(Step step) {
        Long from = underWay.remove(step);
        if (from != null) {
            nanos.merge(step, System.nanoTime() - from, Long::sum);
        }
    }

    void endAll() {
        List.copyOf(underWay.keySet()).forEach(this::end);
    }

    /** The step begun last. */
    Step current() {
        return current;
    }

    /** When each step began first. */
    Map<Step, Instant> begins() {
        return new EnumMap<>(firstBegun);
    }

    /** The time spent in each step that was begun, in the order of the steps. */
    Map<Step, Duration> times() {
        Map<Step, Duration> times = new EnumMap<>(Step.class);
        nanos.forEach((step, spent) -> times.put(step, Duration.ofNanos(spent)));
        underWay.forEach((step, from) -> times.merge(step, Duration.ofNanos(System.nanoTime() - from), Duration::plus));
        return times;
    }
}
