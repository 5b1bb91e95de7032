package org.caravan.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Quartz calls when a pipeline is due: never twice at a time for one pipeline, in one JVM or in a cluster. */
@DisallowConcurrentExecution
public final class PipelineJob implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineJob.class);
    private static final Duration PASS_ON = Duration.ofSeconds(3);
    private static final int MOST_PASSES = 1_000;

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        FireRequest request = FireRequest.of(context);
        try {
            Optional<Fires> fires = PipelineScheduler.find(
                    context.getScheduler(), context.getJobDetail().getKey());
            if (fires.isEmpty()) {
                passOn(context, request);
                return;
            }
            Optional<Duration> wait = fires.get().fire(request);
            if (wait.isPresent()) {
                ask(context, request.again(), wait.get());
            }
        } catch (SchedulerException e) {
            throw new JobExecutionException(e, false);
        }
    }

    /** During a change of files not every node has a route for every pipeline, and Quartz does not know. */
    private static void passOn(JobExecutionContext context, FireRequest request) throws SchedulerException {
        String pipeline = context.getJobDetail().getKey().getName();
        if (request.passed() >= MOST_PASSES) {
            LOG.warn("{} does not run at {}: no node has a route for it", pipeline, request.scheduled());
            return;
        }
        LOG.debug("{} was due at {}, and there is no route for it here", pipeline, request.scheduled());
        ask(context, request.pass(), PASS_ON);
    }

    private static void ask(JobExecutionContext context, FireRequest request, Duration wait) throws SchedulerException {
        context.getScheduler()
                .scheduleJob(TriggerBuilder.newTrigger()
                        .withIdentity(UUID.randomUUID().toString(), PipelineScheduler.ONCE)
                        .forJob(context.getJobDetail().getKey())
                        .usingJobData(request.data())
                        .startAt(Date.from(Instant.now().plus(wait)))
                        .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                        .build());
    }
}
