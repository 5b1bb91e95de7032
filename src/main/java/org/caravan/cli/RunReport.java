package org.caravan.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.caravan.ledger.Evidence;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Point;
import org.caravan.ledger.Retried;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunParameters;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Warning;

/**
 * What {@code --json} prints of a run: one object. Figures that the run did not come to are absent. Rows and digests stand by where
 * they were computed, changed values by column and rule.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "run",
    "pipeline",
    "outcome",
    "table",
    "rows",
    "digests",
    "proofs",
    "fresh",
    "parts",
    "bytes",
    "columns",
    "alterations",
    "parameters",
    "retries",
    "warnings",
    "seconds",
    "steps",
    "manifest",
    "error"
})
record RunReport(
        String run,
        String pipeline,
        String outcome,
        String table,
        Map<String, Long> rows,
        Map<String, String> digests,
        List<ProofReport> proofs,
        Boolean fresh,
        int parts,
        long bytes,
        int columns,
        Map<String, Map<String, Long>> alterations,
        Map<String, ParameterReport> parameters,
        List<RetryReport> retries,
        List<Warning> warnings,
        double seconds,
        Map<String, StepReport> steps,
        String manifest,
        ErrorReport error) {

    /** A step's time. */
    record StepReport(double seconds) {}

    /** What was compared of a table, and who read it. */
    record ProofReport(String table, String engine, List<String> compared) {
        static ProofReport of(Evidence.Comparison proof) {
            return new ProofReport(proof.table(), proof.engine().label(), proof.names());
        }
    }

    /** A value with which the query was executed, without secrets. */
    record ParameterReport(String type, String value) {}

    /** An attempt that failed and was followed by another. */
    record RetryReport(String step, int attempt, String fault, double waited) {
        static RetryReport of(Retried retried) {
            return new RetryReport(
                    retried.step().label(),
                    retried.attempt(),
                    Masking.masked(retried.fault()),
                    RunReport.seconds(retried.waited()));
        }
    }

    /** Why the run failed. */
    record ErrorReport(String category, String message) {}

    static RunReport of(Host.Result result) {
        Optional<Failure> failure = result.error();
        ErrorReport error = failure.map(why -> new ErrorReport(why.category().label(), why.message()))
                .orElse(null);
        String outcome = failure.isPresent() ? "failed" : "done";
        return result.run()
                .map(run -> of(run, outcome, error))
                .orElseGet(() -> new RunReport(
                        null,
                        result.pipeline(),
                        outcome,
                        null,
                        Map.of(),
                        Map.of(),
                        List.of(),
                        null,
                        0,
                        0,
                        0,
                        Map.of(),
                        Map.of(),
                        List.of(),
                        List.of(),
                        0,
                        Map.of(),
                        null,
                        error));
    }

    private static RunReport of(Run run, String outcome, ErrorReport error) {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (Point point : Point.values()) {
            OptionalLong count = run.rows(point);
            if (count.isPresent()) {
                rows.put(point.label(), count.getAsLong());
            }
        }
        Map<String, String> digests = new LinkedHashMap<>();
        run.digests().forEach((computedBy, digest) -> digests.put(computedBy.label(), digest));
        Map<String, StepReport> steps = new LinkedHashMap<>();
        run.times().forEach((step, time) -> steps.put(step.label(), new StepReport(seconds(time))));
        Map<String, ParameterReport> parameters = new LinkedHashMap<>();
        for (RunParameters.Parameter parameter : run.parameters().all()) {
            RunParameters.Parameter masked = parameter.masked(run.proof().secrets());
            parameters.put(masked.name(), new ParameterReport(masked.type(), masked.value()));
        }
        return new RunReport(
                run.id().value(),
                run.pipeline(),
                outcome,
                run.published().map(Object::toString).orElse(null),
                rows,
                digests,
                run.proof().evidence().list().stream().map(ProofReport::of).toList(),
                run.published().map(table -> run.proof().evidence().isFresh()).orElse(null),
                run.parts().size(),
                run.parts().stream().mapToLong(StagedPart::bytes).sum(),
                run.columns().map(columns -> columns.size()).orElse(0),
                run.alterations(),
                parameters,
                run.recovery().retries().retried().stream().map(RetryReport::of).toList(),
                run.warnings().list().stream()
                        .map(warning -> new Warning(warning.rule(), Masking.masked(warning.message())))
                        .toList(),
                seconds(time(run)),
                steps,
                run.manifest().orElse(null),
                error);
    }

    /** How long the run took, or has taken so far. */
    static Duration time(Run run) {
        return Duration.between(
                run.started(), run.outcome().map(Run.Outcome::ended).orElseGet(Instant::now));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
