package org.caravan.schedule;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Fire;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs and triggers of pipelines in Quartz. Thread-safe. */
final class PipelineScheduler {
    /** The group of all jobs in Quartz, and of the triggers that fire by timetables. */
    static final String GROUP = "caravan-pipelines";

    /** The group of the triggers that fire once. */
    static final String ONCE = "caravan-once";

    private static final Logger LOG = LoggerFactory.getLogger(PipelineScheduler.class);

    private final Scheduler quartz;

    PipelineScheduler(Scheduler quartz) {
        this.quartz = quartz;
    }

    /** Whether other nodes use the same jobs and triggers. */
    boolean isClustered() {
        return attempt("Asking Quartz", () -> quartz.getMetaData().isJobStoreClustered());
    }

    /** Whether Quartz is shut down, from which it does not come back. */
    boolean isOver() {
        return attempt("Asking Quartz", quartz::isShutdown);
    }

    /** Lets Quartz run a pipeline in this process when it is asked. */
    void serve(String pipeline, Fires fires) {
        attempt("Scheduling pipeline '" + pipeline + "'", () -> {
            quartz.getContext().put(contextKey(pipeline), fires);
            quartz.addJob(
                    JobBuilder.newJob(PipelineJob.class)
                            .withIdentity(job(pipeline))
                            .storeDurably()
                            .requestRecovery()
                            .build(),
                    true);
            return true;
        });
    }

    /** Lets Quartz run no pipeline of that name in this process any more. */
    void leave(String pipeline) {
        attempt(
                "Leaving pipeline '" + pipeline + "'",
                () -> quartz.isShutdown() || quartz.getContext().remove(contextKey(pipeline)) != null);
    }

    /**
     * Lets a pipeline run by a timetable; a trigger that is there already is kept if it is the same, and replaced if not.
     *
     * @param behind where to begin: times behind it that are past were missed
     */
    void schedule(String pipeline, Timetable timetable, Misfire misfire, Instant behind) {
        PipelineTrigger wanted = TriggerBuilder.newTrigger()
                .withIdentity(trigger(pipeline))
                .forJob(job(pipeline))
                .startAt(Date.from(behind.plusSeconds(1)))
                .withSchedule(PipelineTriggers.of(timetable, misfire))
                .build();
        attempt("Scheduling pipeline '" + pipeline + "'", () -> {
            try {
                return schedule(wanted);
            } catch (ObjectAlreadyExistsException e) {
                LOG.debug("Another node scheduled {} at the same time", pipeline, e);
                return schedule(wanted);
            }
        });
    }

    /** Whether a pipeline has its trigger. */
    boolean isScheduled(String pipeline) {
        return attempt("Asking Quartz", () -> quartz.getTrigger(trigger(pipeline)) != null);
    }

    private boolean schedule(PipelineTrigger wanted) throws SchedulerException {
        Trigger there = quartz.getTrigger(wanted.getKey());
        boolean change = there == null || !isSame(there, wanted);
        if (there == null) {
            quartz.scheduleJob(wanted);
        } else if (change) {
            LOG.info("The schedule of {} changed", wanted.getKey().getName());
            quartz.rescheduleJob(wanted.getKey(), wanted);
        }
        return change;
    }

    private static boolean isSame(Trigger there, PipelineTrigger wanted) {
        return there instanceof PipelineTrigger known
                && known.timetable().equals(wanted.timetable())
                && known.getMisfireInstruction() == wanted.getMisfireInstruction();
    }

    /** Takes the trigger of a pipeline away that has no timetable any more. */
    void unschedule(String pipeline) {
        attempt("Unscheduling pipeline '" + pipeline + "'", () -> quartz.unscheduleJob(trigger(pipeline)));
    }

    /** Lets a pipeline run now; nothing if Quartz has been told already. */
    void once(Fire fire) {
        once(fire, FireRequest.of(fire));
    }

    /** Lets a time be asked for again now whose run a process began and did not end. */
    void again(Fire fire) {
        once(fire, FireRequest.of(fire).again());
    }

    private void once(Fire fire, FireRequest request) {
        attempt("Starting pipeline '" + fire.pipeline() + "'", () -> {
            try {
                quartz.scheduleJob(TriggerBuilder.newTrigger()
                        .withIdentity(fire.pipeline() + " " + fire.key(), ONCE)
                        .forJob(job(fire.pipeline()))
                        .usingJobData(request.data())
                        .startNow()
                        .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                        .build());
                return true;
            } catch (ObjectAlreadyExistsException e) {
                LOG.debug("{} is started already", fire.pipeline(), e);
                return false;
            }
        });
    }

    /** Deletes the job of a pipeline with all its triggers. */
    void delete(String pipeline) {
        attempt(
                "Deleting the schedule of pipeline '" + pipeline + "'",
                () -> !quartz.isShutdown() && quartz.deleteJob(job(pipeline)));
    }

    /**
     * Deletes what is left of pipelines for which no node has a route.
     *
     * @param served the pipelines for which one has; asked last, since a node says so before it schedules
     */
    void deleteOthers(Supplier<Set<String>> served) {
        attempt("Looking for schedules that are left over", () -> {
            Set<JobKey> jobs = quartz.getJobKeys(GroupMatcher.jobGroupEquals(GROUP));
            Set<String> here = served.get();
            for (JobKey job : jobs) {
                if (!here.contains(job.getName())) {
                    LOG.info("{} is scheduled no more: no node has a route for it", job.getName());
                    quartz.deleteJob(job);
                }
            }
            return true;
        });
    }

    private interface Action<T> {
        T run() throws SchedulerException;
    }

    private static <T> T attempt(String doing, Action<T> action) {
        try {
            return action.run();
        } catch (SchedulerException e) {
            throw new CaravanException(
                    Category.CONFIG,
                    doing + " failed: " + e.getMessage() + ". Check the settings camel.component.quartz.*.",
                    e);
        }
    }

    private static JobKey job(String pipeline) {
        return new JobKey(pipeline, GROUP);
    }

    private static TriggerKey trigger(String pipeline) {
        return new TriggerKey(pipeline, GROUP);
    }

    private static String contextKey(String pipeline) {
        return GROUP + "/" + pipeline;
    }

    /** What runs a pipeline in this process, if its route is here. */
    static Optional<Fires> find(Scheduler quartz, JobKey job) throws SchedulerException {
        return Optional.ofNullable((Fires) quartz.getContext().get(contextKey(job.getName())));
    }
}
