package org.caravan.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Fire;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Schedules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a pipeline for each of its times, and once in all nodes that share a ledger, whatever their schedulers do. Thread-safe.
 */
final class Fires {
    private static final Logger LOG = LoggerFactory.getLogger(Fires.class);

    private final String pipeline;
    private final Optional<Timetable> timetable;
    private final Optional<Schedules> schedules;
    private final PipelineRun run;

    Fires(String pipeline, Optional<Timetable> timetable, Optional<Schedules> schedules, PipelineRun run) {
        this.pipeline = pipeline;
        this.timetable = timetable;
        this.schedules = schedules;
        this.run = run;
    }

    /**
     * Runs the pipeline, if nobody has for this time.
     *
     * @return how long to wait before it is asked again
     */
    Optional<Duration> fire(FireRequest request) {
        Fire fire = fire(request.scheduled(), request);
        if (schedules.isEmpty()) {
            run.run(fire, Optional.empty());
            return Optional.empty();
        }
        Schedules.Claim claim = take(fire, request);
        if (claim instanceof Schedules.Granted granted) {
            run(schedules.get(), fire, granted.interrupted());
        } else if (claim instanceof Schedules.Over over) {
            LOG.info("{} does not run {}: {}", pipeline, fire, over.why());
        } else if (claim instanceof Schedules.Busy busy) {
            return Optional.of(busy.left());
        }
        return Optional.empty();
    }

    private Fire fire(Instant scheduled, FireRequest request) {
        Instant due = timetable
                .flatMap(times -> times.atOrBefore(scheduled))
                .orElseGet(() -> scheduled.truncatedTo(ChronoUnit.SECONDS));
        return request.key()
                .map(key -> new Fire(pipeline, key, scheduled, request.follows()))
                .orElseGet(() -> Fire.at(pipeline, due));
    }

    private Schedules.Claim take(Fire fire, FireRequest request) {
        try {
            return schedules.orElseThrow().take(fire, request.attempt());
        } catch (CaravanException e) {
            LOG.error("{} does not run {}: {}", pipeline, fire, e.getMessage());
            return new Schedules.Over("the ledger cannot be used");
        }
    }

    private void run(Schedules kept, Fire fire, Optional<RunId> interrupted) {
        interrupted.ifPresent(lost ->
                LOG.debug("{} {} was given here: run {} was begun on a node that is gone", pipeline, fire, lost));
        PipelineRun.Outcome outcome = run.run(fire, interrupted);
        try {
            kept.end(fire, outcome.run(), outcome.failure());
        } catch (CaravanException e) {
            LOG.warn("{}: that the time {} is over is not in the ledger: {}", pipeline, fire, e.getMessage());
        }
    }
}
