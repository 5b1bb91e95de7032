package org.caravan.observe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.caravan.ledger.Failure;
import org.caravan.ledger.KeptRun;

/**
 * Shows how each pipeline is. Always up: a pipeline that fails is no reason to take the service away from the others; metrics alert.
 */
final class PipelinesCheck extends ServiceCheck {
    private final Supplier<Pipelines> pipelines;

    PipelinesCheck(Supplier<Pipelines> pipelines) {
        super("caravan-pipelines", Kind.READINESS);
        this.pipelines = pipelines;
    }

    @Override
    void check(HealthCheckResultBuilder result) {
        Pipelines now = pipelines.get();
        List<String> said = new ArrayList<>();
        said.add(now.states().size() + (now.states().size() == 1 ? " pipeline" : " pipelines"));
        for (Condition condition : Condition.values()) {
            List<String> names = now.with(condition);
            if (!names.isEmpty()) {
                said.add(condition.label() + ": " + String.join(", ", names));
            }
        }
        result.up().message(String.join("; ", said));
        Map<String, Object> data = new LinkedHashMap<>();
        now.asOf().ifPresent(time -> data.put("asOf", time.toString()));
        data.put("pipelines", now.states().stream().map(PipelinesCheck::data).toList());
        result.detail(DATA, data);
    }

    private static Map<String, Object> data(PipelineState state) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("pipeline", state.pipeline());
        data.put("conditions", state.conditions().stream().map(Condition::label).toList());
        state.missed().ifPresent(due -> data.put("missed", due.toString()));
        state.next().ifPresent(next -> data.put("next", next.toString()));
        state.standing().lastDone().ifPresent(done -> data.put("lastSuccess", done.toString()));
        state.standing().last().ifPresent(run -> data.put("lastRun", data(run)));
        state.standing()
                .lastOver()
                .filter(over -> !Optional.of(over).equals(state.standing().last()))
                .ifPresent(over -> data.put("runBefore", data(over)));
        state.pause().ifPresent(pause -> {
            Map<String, Object> paused = new LinkedHashMap<>();
            paused.put("since", pause.since().toString());
            paused.put("by", pause.by());
            paused.put("reason", pause.reason());
            data.put("paused", paused);
        });
        return data;
    }

    private static Map<String, Object> data(KeptRun run) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("run", run.id().value());
        data.put("outcome", run.state().label());
        data.put("started", run.started().toString());
        run.ended().ifPresent(ended -> data.put("ended", ended.toString()));
        run.failure().ifPresent(failure -> data.put("error", data(failure)));
        return data;
    }

    private static Map<String, Object> data(Failure failure) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("category", failure.category().label());
        data.put("message", failure.message());
        return data;
    }
}
