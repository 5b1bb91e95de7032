package org.caravan.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the ledger keeps of a run.
 *
 * @param digests by where each was computed
 * @param alterations how many values of each column were changed by each rule
 * @param proofs what was compared of which table, in the order of the comparisons
 * @param parameters the values with which the query was executed, without secrets
 * @param retries the attempts that failed and were followed by another
 * @param files what is needed to go on from the manifest, once that was written
 * @param warnings in the order in which they came
 * @param resumptions when it went on, or in the place of which run it was begun, in order
 * @param cancellation that somebody asked for the run to be cancelled, since it was begun or resumed last
 */
public record RunDetails(
        KeptRun run,
        Map<Step, StepTime> steps,
        Map<Point, String> digests,
        List<StagedPart> parts,
        Map<String, Map<String, Long>> alterations,
        List<Evidence.Comparison> proofs,
        List<RunParameters.Parameter> parameters,
        List<Retried> retries,
        Optional<StagedFiles> files,
        List<Warning> warnings,
        List<Resumed> resumptions,
        Optional<Cancellation> cancellation) {

    /** When a step began first, and the time spent in it. */
    public record StepTime(Instant began, Duration spent) {}
}
