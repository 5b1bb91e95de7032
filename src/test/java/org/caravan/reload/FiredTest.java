package org.caravan.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.TriggerBuilder;
import org.quartz.impl.JobExecutionContextImpl;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.TriggerFiredBundle;

@SuppressWarnings("JavaUtilDate") // quartz tells times by it
class FiredTest {
    private static final Date DUE = Date.from(Instant.parse("2026-11-29T21:04:01Z"));

    private final Fired fired = new Fired();

    /** Camel's job leaves out what fires before its trigger starts. */
    @Test
    void aTriggerThatQuartzFiresEarlyHasStarted() {
        OperableTrigger trigger = startsWhenItIsDue();
        Date early = Date.from(DUE.toInstant().minusMillis(2));
        JobExecutionContextImpl job = job(trigger, early);

        fired.triggerFired(trigger, job);

        assertThat(job.getTrigger().getStartTime()).isBeforeOrEqualTo(early);
        assertThat(fired.vetoJobExecution(trigger, job)).isFalse();
    }

    @Test
    void aTriggerThatFiresInTimeIsLeftAlone() {
        OperableTrigger trigger = startsWhenItIsDue();
        JobExecutionContextImpl job = job(trigger, DUE);

        fired.triggerFired(trigger, job);

        assertThat(job.getTrigger().getStartTime()).isEqualTo(DUE);
    }

    @Test
    void aFiringIsUnderWayUntilItIsComplete() {
        OperableTrigger trigger = startsWhenItIsDue();
        JobExecutionContextImpl job = job(trigger, DUE);

        fired.triggerFired(trigger, job);
        assertThat(fired.isUnderWay(trigger)).isTrue();

        fired.triggerComplete(trigger, job, CompletedExecutionInstruction.NOOP);
        assertThat(fired.isUnderWay(trigger)).isFalse();
    }

    /** As where a scheduler had started already. */
    @Test
    void theEndOfAFiringThatBeganBeforeAnyoneListenedHoldsNothingUp() {
        OperableTrigger trigger = startsWhenItIsDue();
        fired.triggerComplete(trigger, job(trigger, DUE), CompletedExecutionInstruction.NOOP);
        OperableTrigger next = startsWhenItIsDue();
        next.setFireInstanceId("next");
        JobExecutionContextImpl job = job(next, DUE);

        fired.triggerFired(next, job);
        fired.triggerComplete(next, job, CompletedExecutionInstruction.NOOP);

        assertThat(fired.isUnderWay(next)).isFalse();
    }

    private static OperableTrigger startsWhenItIsDue() {
        OperableTrigger trigger = (OperableTrigger) TriggerBuilder.newTrigger()
                .withIdentity("trigger")
                .startAt(DUE)
                .withSchedule(CronScheduleBuilder.cronSchedule("* * * * * ?"))
                .build();
        trigger.setFireInstanceId("instance");
        return trigger;
    }

    private static JobExecutionContextImpl job(OperableTrigger trigger, Date firedAt) {
        Job nothing = context -> {};
        JobDetail detail =
                JobBuilder.newJob(nothing.getClass()).withIdentity("job").build();
        return new JobExecutionContextImpl(
                null, new TriggerFiredBundle(detail, trigger, null, false, firedAt, DUE, null, null), nothing);
    }
}
