package org.caravan.observe;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Step;

/** A span for each run of this process, and below it one for each of its steps, made when the run ends. Thread-safe. */
final class RunSpans implements Runs.Listener {
    private static final String PIPELINE = "caravan.pipeline";
    private static final String RUN = "caravan.run";

    private final Tracer tracer;
    private final Map<Run, Span> open = new ConcurrentHashMap<>();

    RunSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void begun(Run run) {
        // Camel's span of the step that begins the run is found by the run as well.
        Span.current()
                .setAttribute(PIPELINE, run.pipeline())
                .setAttribute(RUN, run.id().value());
        open.put(
                run,
                tracer.spanBuilder("caravan run")
                        .setAttribute(PIPELINE, run.pipeline())
                        .setAttribute(RUN, run.id().value())
                        .startSpan());
    }

    @Override
    public void ended(Run run, Run.Outcome outcome) {
        Span span = open.remove(run);
        if (span == null) {
            return;
        }
        Context parent = Context.root().with(span);
        run.begins().keySet().forEach(step -> step(parent, run, step, outcome.ended()));
        span.setAttribute("caravan.outcome", RunState.of(outcome).label())
                .setAttribute("caravan.rows", run.rows(Point.SOURCE).orElseGet(run::rowsRead))
                .setAttribute("caravan.bytes", run.bytesStaged())
                .setAttribute("caravan.parts", run.parts().size())
                .setAttribute(
                        "caravan.retries", run.recovery().retries().retried().size());
        outcome.failure().ifPresent(failure -> {
            // What it says may tell of data.
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("caravan.failure", failure.category().label());
        });
        span.end(outcome.ended());
    }

    /** A step may be left and gone on with: its span is as long as it was at work, from its first beginning on, but no longer than the run. */
    private void step(Context parent, Run run, Step step, Instant latest) {
        Instant began = run.begins().get(step);
        Instant end = began.plus(run.times().getOrDefault(step, Duration.ZERO));
        tracer.spanBuilder("caravan " + step.label())
                .setParent(parent)
                .setStartTimestamp(began)
                .setAttribute(PIPELINE, run.pipeline())
                .setAttribute(RUN, run.id().value())
                .setAttribute("caravan.step", step.label())
                .startSpan()
                .end(end.isAfter(latest) ? latest : end);
    }
}
