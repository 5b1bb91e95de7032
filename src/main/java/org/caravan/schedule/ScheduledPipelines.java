package org.caravan.schedule;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Schedules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipelines that have routes here, on one scheduler of Quartz. Thread-safe. The owner closes it. */
final class ScheduledPipelines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledPipelines.class);

    private final PipelineScheduler scheduler;
    private final Optional<Schedules> schedules;
    private final Optional<ScheduleWatch> watch;
    private final Map<String, DueTimes> due = new ConcurrentHashMap<>();

    ScheduledPipelines(PipelineScheduler scheduler, Optional<Schedules> schedules) {
        this.scheduler = scheduler;
        this.schedules = schedules;
        this.watch = schedules.map(kept -> new ScheduleWatch(scheduler, kept));
        watch.ifPresent(ScheduleWatch::start);
    }

    /** Lets a pipeline run by its plan. */
    void add(Plan plan, PipelineRun run) {
        Fires fires = new Fires(plan.pipeline(), plan.timetable(), schedules, run);
        watch.ifPresent(watches -> watches.add(plan, () -> ensure(plan, fires)));
        schedule(plan, fires);
        if (!scheduler.isClustered()) {
            goOn(plan.pipeline());
        }
    }

    /** A job store in memory does not know what the process before this one has not ended. */
    private void goOn(String pipeline) {
        try {
            schedules.flatMap(kept -> kept.unfinished(pipeline)).ifPresent(scheduler::again);
        } catch (CaravanException e) {
            LOG.warn("{}: whether a run of it was interrupted is not known: {}", pipeline, e.getMessage());
        }
    }

    private void schedule(Plan plan, Fires fires) {
        scheduler.serve(plan.pipeline(), fires);
        Instant now = Instant.now();
        Optional<Instant> behind = plan.timetable().map(times -> behind(plan, times));
        Optional<Instant> missed = behind.filter(since -> plan.misfire() == Misfire.RUN_ONCE);
        due.put(plan.pipeline(), new DueTimes(plan, missed.orElse(now)));
        plan.timetable()
                .ifPresentOrElse(
                        times -> scheduler.schedule(plan.pipeline(), times, plan.misfire(), behind.orElse(now)),
                        () -> scheduler.unschedule(plan.pipeline()));
    }

    private void ensure(Plan plan, Fires fires) {
        if (plan.timetable().isPresent() && !scheduler.isScheduled(plan.pipeline())) {
            LOG.info("{} is scheduled again", plan.pipeline());
            schedule(plan, fires);
        }
    }

    /** A service that was down takes up where it was; if the ledger cannot tell where, it begins now. */
    private Instant behind(Plan plan, Timetable times) {
        try {
            return schedules
                    .map(kept -> kept.since(plan.pipeline(), TimetableText.of(times)))
                    .orElseGet(Instant::now);
        } catch (CaravanException e) {
            LOG.warn("{}: whether times were missed is not known: {}", plan.pipeline(), e.getMessage());
            return Instant.now();
        }
    }

    /** Lets a pipeline run no more: its route is gone. Other nodes that have one go on. */
    void remove(String pipeline) {
        due.remove(pipeline);
        scheduler.leave(pipeline);
        watch.ifPresent(watches -> watches.remove(pipeline));
        if (!scheduler.isClustered()) {
            scheduler.delete(pipeline);
        } else if (watch.isPresent()) {
            watch.get().deleteUnlessServed(pipeline);
        } else {
            LOG.warn("{} stays in Quartz' job store: without a ledger it is not known who else has a route", pipeline);
        }
    }

    /** Lets a pipeline run no more in this process, which ends. */
    void suspend(String pipeline) {
        scheduler.leave(pipeline);
        if (!scheduler.isClustered()) {
            scheduler.delete(pipeline);
        }
    }

    /** When the pipelines are due, by their names. */
    Map<String, DueTimes> due() {
        return Map.copyOf(due);
    }

    /** Whether Quartz starts nothing any more. */
    boolean isOver() {
        return scheduler.isOver();
    }

    /** Looks soon which pipelines follow one that has ended well. */
    void ended() {
        watch.ifPresent(ScheduleWatch::nudge);
    }

    @Override
    public void close() {
        watch.ifPresent(ScheduleWatch::close);
    }
}
