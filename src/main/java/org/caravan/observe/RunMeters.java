package org.caravan.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Runs;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Step;

/** Counts the runs of this process when they end: what they have noted of themselves. Thread-safe. */
final class RunMeters implements Runs.Listener {
    private final MeterRegistry meters;
    private final Runnable changed;

    /** @param changed is run when a run has begun or ended */
    RunMeters(MeterRegistry meters, Runnable changed) {
        this.meters = meters;
        this.changed = changed;
    }

    /** Lets a pipeline's counters be there before it runs: what appears with its first failure has not increased. */
    void know(String pipeline) {
        for (RunState outcome : RunState.values()) {
            if (outcome != RunState.RUNNING) {
                Tags tags = tags(pipeline).and("outcome", outcome.label());
                runs(tags);
                rows(tags);
                bytes(tags);
                files(tags);
            }
        }
        for (Step step : Step.values()) {
            retries(pipeline, step);
        }
        differences(pipeline);
    }

    private static Tags tags(String pipeline) {
        return Tags.of(Tag.of("pipeline", pipeline));
    }

    private Counter runs(Tags tags) {
        return Counter.builder("caravan.runs")
                .description("Runs that are over.")
                .tags(tags)
                .register(meters);
    }

    private Counter rows(Tags tags) {
        return Counter.builder("caravan.rows")
                .description("Rows that runs which are over have read from the source.")
                .tags(tags)
                .register(meters);
    }

    private Counter bytes(Tags tags) {
        return Counter.builder("caravan.staged")
                .baseUnit("bytes")
                .description("Bytes of the files that runs which are over have encoded.")
                .tags(tags)
                .register(meters);
    }

    private Counter files(Tags tags) {
        return Counter.builder("caravan.staged.files")
                .description("Files that runs which are over have encoded.")
                .tags(tags)
                .register(meters);
    }

    private Counter retries(String pipeline, Step step) {
        return Counter.builder("caravan.retries")
                .description("Attempts at a step that failed and were followed by another.")
                .tags(tags(pipeline).and("step", step.label()))
                .register(meters);
    }

    private Counter differences(String pipeline) {
        return Counter.builder("caravan.verification.differences")
                .description("Differences between what was queried and what a verification read.")
                .tags(tags(pipeline))
                .register(meters);
    }

    @Override
    public void begun(Run run) {
        changed.run();
    }

    @Override
    public void ended(Run run, Run.Outcome outcome) {
        Tags pipeline = tags(run.pipeline());
        Tags tags = pipeline.and("outcome", RunState.of(outcome).label());
        runs(tags).increment();
        rows(tags).increment((double) run.rows(Point.SOURCE).orElseGet(run::rowsRead));
        bytes(tags).increment((double)
                run.parts().stream().mapToLong(StagedPart::bytes).sum());
        files(tags).increment(run.parts().size());
        Timer.builder("caravan.run.duration")
                .description("How long runs took.")
                .tags(tags)
                .register(meters)
                .record(Duration.between(run.started(), outcome.ended()));
        run.times().forEach((step, time) -> Timer.builder("caravan.step.duration")
                .description("How long runs were at a step.")
                .tags(pipeline.and("step", step.label()))
                .register(meters)
                .record(time));
        run.recovery().retries().retried().forEach(retried -> retries(run.pipeline(), retried.step())
                .increment());
        differences(run.pipeline()).increment(run.proof().differences());
        changed.run();
    }
}
