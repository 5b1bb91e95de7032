package org.caravan.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravan.reload.FileState;
import org.caravan.reload.ReloadState;

/** Shows how pipelines, files and the ledger are. One thread tells; all may read. */
final class StateMeters {
    private static final Map<Condition, String> NAMES = new EnumMap<>(Map.of(
            Condition.FAILING, "1 if the pipeline's last run that is over did not end well.",
            Condition.LATE, "1 if the pipeline was due and no run of it began in time.",
            Condition.NEVER_RAN, "1 if the ledger keeps no run of the pipeline.",
            Condition.PAUSED, "1 if the pipeline is paused.",
            Condition.RUNNING, "1 if a run of the pipeline is under way, on whichever node."));

    private final Map<Condition, MultiGauge> conditions = new EnumMap<>(Condition.class);
    private final MultiGauge lastSuccess;
    private volatile boolean reachable;

    StateMeters(MeterRegistry meters, Optional<FollowedFiles> files) {
        NAMES.forEach((condition, description) -> conditions.put(
                condition,
                MultiGauge.builder("caravan.pipeline." + condition.label().replace(' ', '.'))
                        .description(description)
                        .register(meters)));
        lastSuccess = MultiGauge.builder("caravan.last.success.timestamp")
                .baseUnit("seconds")
                .description("When the pipeline's last run ended that ended well, on whichever node.")
                .register(meters);
        Gauge.builder("caravan.ledger.up", this, meter -> meter.reachable ? 1 : 0)
                .description("1 if the ledger could be used when it was asked last.")
                .register(meters);
        files.ifPresent(followed -> register(meters, followed));
    }

    private static void register(MeterRegistry meters, FollowedFiles followed) {
        for (FileState.Status status : FileState.Status.values()) {
            Gauge.builder("caravan.route.files", followed, files -> count(files, status))
                    .description("Files of the routes, by what became of their newest version.")
                    .tags(Tags.of("state", status.name().toLowerCase(Locale.ROOT)))
                    .register(meters);
        }
        Gauge.builder("caravan.routes.readable", followed, StateMeters::readable)
                .description("1 if the folder of the routes could be read at the last look.")
                .register(meters);
        counter(meters, followed, "accepted");
        counter(meters, followed, "refused");
    }

    private static void counter(MeterRegistry meters, FollowedFiles followed, String outcome) {
        boolean accepted = outcome.equals("accepted");
        FunctionCounter.builder("caravan.reloads", followed, files -> files.state()
                        .map(state -> accepted ? state.accepted() : state.refused())
                        .orElse(0L))
                .description("Versions of files of the routes, deletions too, that were accepted or refused.")
                .tags(Tags.of("outcome", outcome))
                .register(meters);
    }

    private static double count(FollowedFiles files, FileState.Status status) {
        return files.state().map(ReloadState::files).orElse(List.of()).stream()
                .filter(file -> file.status() == status)
                .count();
    }

    private static double readable(FollowedFiles files) {
        return files.state().filter(state -> state.trouble().isEmpty()).isPresent() ? 1 : 0;
    }

    /** Shows how the pipelines are now; those that went are shown no more. */
    void show(Pipelines now) {
        reachable = now.trouble().isEmpty() && now.asOf().isPresent();
        conditions.forEach((condition, gauge) -> gauge.register(
                now.states().stream()
                        .map(state ->
                                MultiGauge.Row.of(Tags.of("pipeline", state.pipeline()), state.is(condition) ? 1 : 0))
                        .toList(),
                true));
        lastSuccess.register(
                now.states().stream()
                        .filter(state -> state.standing().lastDone().isPresent())
                        .map(state -> MultiGauge.Row.of(
                                Tags.of("pipeline", state.pipeline()),
                                seconds(state.standing().lastDone().orElseThrow())))
                        .toList(),
                true);
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }
}
