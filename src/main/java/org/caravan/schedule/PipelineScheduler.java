package org.caravan.schedule;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/** The trigger of a pipeline in Quartz, as long as its route is there. Thread-safe. */
final class PipelineScheduler {
    /** The group of all jobs and triggers in Quartz. */
    static final String GROUP = "caravan-pipelines";

    private final String pipeline;
    private final Timetable timetable;
    private final Misfire misfire;
    private Optional<Scheduler> scheduler = Optional.empty();

    PipelineScheduler(String pipeline, Timetable timetable, Misfire misfire) {
        this.pipeline = pipeline;
        this.timetable = timetable;
        this.misfire = misfire;
    }

    /** Lets Quartz start the pipeline; a trigger that is there already is kept if it is the same, and replaced if not. */
    synchronized void start(Scheduler quartz, PipelineStart start) {
        scheduler = Optional.of(quartz);
        try {
            quartz.getContext().put(contextKey(job()), start);
            JobDetail job = JobBuilder.newJob(PipelineJob.class)
                    .withIdentity(job())
                    .storeDurably()
                    .requestRecovery()
                    .build();
            quartz.addJob(job, true);
            schedule(quartz);
        } catch (SchedulerException e) {
            throw failure("cannot be scheduled", e);
        }
    }

    private void schedule(Scheduler quartz) throws SchedulerException {
        PipelineTrigger wanted = TriggerBuilder.newTrigger()
                .withIdentity(trigger())
                .forJob(job())
                .startAt(Date.from(Instant.now()))
                .withSchedule(PipelineTriggers.of(timetable, misfire))
                .build();
        Trigger there = quartz.getTrigger(trigger());
        if (there == null) {
            quartz.scheduleJob(wanted);
        } else if (!isSame(there, wanted)) {
            quartz.rescheduleJob(trigger(), wanted);
        }
    }

    private static boolean isSame(Trigger there, PipelineTrigger wanted) {
        return there instanceof PipelineTrigger pipelines
                && pipelines.timetable().equals(wanted.timetable())
                && pipelines.getMisfireInstruction() == wanted.getMisfireInstruction();
    }

    /** Takes the pipeline away from Quartz. */
    synchronized void stop() {
        try {
            if (scheduler.isPresent() && !scheduler.get().isShutdown()) {
                scheduler.get().getContext().remove(contextKey(job()));
                scheduler.get().deleteJob(job());
            }
        } catch (SchedulerException e) {
            throw failure("stays scheduled", e);
        }
        scheduler = Optional.empty();
    }

    private CaravanException failure(String what, SchedulerException error) {
        return new CaravanException(
                Category.CONFIG, "Pipeline '" + pipeline + "' " + what + ": " + error.getMessage() + ".", error);
    }

    private JobKey job() {
        return new JobKey(pipeline, GROUP);
    }

    private TriggerKey trigger() {
        return new TriggerKey(pipeline, GROUP);
    }

    private static String contextKey(JobKey job) {
        return GROUP + "/" + job.getName();
    }

    /** What runs a pipeline in this process, if its route is here. */
    static Optional<PipelineStart> find(Scheduler quartz, JobKey job) throws SchedulerException {
        return Optional.ofNullable((PipelineStart) quartz.getContext().get(contextKey(job)));
    }
}
