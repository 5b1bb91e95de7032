package org.caravan.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Everything that the ledger keeps of a run. */
public record RunDetails(
        KeptRun run,
        Map<Step, StepTime> steps,
        Map<Point, String> digests,
        List<StagedPart> parts,
        List<Alteration> alterations) {

    /** When a step began first, and the time spent in it. */
    public record StepTime(Instant began, Duration spent) {}
}
