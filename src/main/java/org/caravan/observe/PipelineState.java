package org.caravan.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.Pause;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Standing;

/**
 * How a pipeline is; immutable.
 *
 * @param missed the time at which it was due, if it is late
 * @param next when it is due next, if that is known
 */
record PipelineState(
        String pipeline,
        Set<Condition> conditions,
        Standing standing,
        Optional<Instant> missed,
        Optional<Instant> next,
        Optional<Pause> pause) {
    /** By so much a run may begin before its time: by the clock of another node. */
    private static final Duration CLOCKS = Duration.ofSeconds(10);

    PipelineState {
        conditions = Collections.unmodifiableSet(conditions);
    }

    /**
     * What is known of a pipeline at a moment.
     *
     * @param due when it is due
     * @param pause that it is paused, if it is
     * @param unpaused until when it was seen to be paused: what was due before is not missed
     */
    record Known(String pipeline, Standing standing, Due due, Optional<Pause> pause, Instant unpaused) {}

    /**
     * Judges a pipeline.
     *
     * @param lateAfter how long after it was due a run must have begun
     */
    static PipelineState of(Known known, Instant now, Duration lateAfter) {
        Set<Condition> conditions = EnumSet.noneOf(Condition.class);
        Optional<KeptRun> last = known.standing().last();
        if (last.isEmpty()) {
            conditions.add(Condition.NEVER_RAN);
        }
        if (last.filter(run -> run.state() == RunState.RUNNING).isPresent()) {
            conditions.add(Condition.RUNNING);
        }
        if (known.standing()
                .lastOver()
                .filter(run -> run.state() != RunState.DONE)
                .isPresent()) {
            conditions.add(Condition.FAILING);
        }
        if (known.pause().isPresent()) {
            conditions.add(Condition.PAUSED);
        }
        Optional<Instant> missed = missed(known, now, lateAfter);
        if (missed.isPresent()) {
            conditions.add(Condition.LATE);
        }
        return new PipelineState(
                known.pipeline(),
                conditions,
                known.standing(),
                missed,
                known.due().next(now),
                known.pause());
    }

    private static Optional<Instant> missed(Known known, Instant now, Duration lateAfter) {
        if (known.pause().isPresent()) {
            return Optional.empty();
        }
        return known.due()
                .lastUntil(now.minus(lateAfter))
                .filter(due -> due.isAfter(known.unpaused()))
                .filter(due -> known.standing()
                        .last()
                        .filter(run -> !run.started().isBefore(due.minus(CLOCKS)))
                        .isEmpty());
    }

    boolean is(Condition condition) {
        return conditions.contains(condition);
    }
}
