package org.caravan.schedule;

import java.time.Instant;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;

/** What Quartz calls when a pipeline is due: never twice at a time for one pipeline, in one JVM or in a cluster. */
@DisallowConcurrentExecution
public final class PipelineJob implements Job {
    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        Instant due = context.getScheduledFireTime().toInstant();
        try {
            PipelineScheduler.find(
                            context.getScheduler(), context.getJobDetail().getKey())
                    .ifPresent(start -> start.start(due));
        } catch (SchedulerException e) {
            throw new JobExecutionException(e, false);
        }
    }
}
