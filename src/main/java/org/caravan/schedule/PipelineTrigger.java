package org.caravan.schedule;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.quartz.Calendar;
import org.quartz.ScheduleBuilder;
import org.quartz.impl.triggers.AbstractTrigger;

/**
 * A Quartz trigger that fires by a {@link Timetable}. Quartz' own cron trigger has no rule for changes of the clocks. Keeps to the
 * threads of Quartz, as its triggers do; a job store may serialize it.
 */
public final class PipelineTrigger extends AbstractTrigger<PipelineTrigger> {
    /** Quartz' number for: at once, one time for all that were missed. */
    static final int RUN_ONCE = 1;

    /** Quartz' number for: at the next time. */
    static final int SKIP = 2;

    private static final long serialVersionUID = 1L;

    private final String timetable;
    private transient Timetable parsed;
    private Date start = Date.from(Instant.EPOCH);
    private Date end;
    private Date next;
    private Date previous;

    /**
     * A trigger that is to be named and scheduled.
     *
     * @param timetable as {@link TimetableText} writes it
     */
    PipelineTrigger(String timetable) {
        this.timetable = timetable;
    }

    /** The timetable, as {@link TimetableText} writes it. */
    String timetable() {
        return timetable;
    }

    private Date after(Instant time) {
        if (parsed == null) {
            parsed = TimetableText.parse(timetable);
        }
        return parsed.after(time)
                .filter(found -> end == null || !found.isAfter(end.toInstant()))
                .map(Date::from)
                .orElse(null);
    }

    @Override
    public Date computeFirstFireTime(Calendar calendar) {
        next = after(start.toInstant().minusMillis(1));
        return next;
    }

    @Override
    public void triggered(Calendar calendar) {
        previous = next;
        next = Optional.ofNullable(next).map(fired -> after(fired.toInstant())).orElse(null);
    }

    @Override
    public void updateAfterMisfire(Calendar calendar) {
        Instant now = Instant.now();
        next = getMisfireInstruction() == SKIP ? after(now) : Date.from(now);
    }

    @Override
    public void updateWithNewCalendar(Calendar calendar, long misfireThreshold) {
        next = after(Instant.now());
    }

    @Override
    protected boolean validateMisfireInstruction(int instruction) {
        return instruction == RUN_ONCE || instruction == SKIP;
    }

    @Override
    public Date getFireTimeAfter(Date time) {
        return after(Optional.ofNullable(time).map(Date::toInstant).orElseGet(Instant::now));
    }

    @Override
    public boolean mayFireAgain() {
        return next != null;
    }

    @Override
    public Date getFinalFireTime() {
        return null;
    }

    @Override
    public Date getStartTime() {
        return start;
    }

    @Override
    public void setStartTime(Date time) {
        start = time;
    }

    @Override
    public Date getEndTime() {
        return end;
    }

    @Override
    public void setEndTime(Date time) {
        end = time;
    }

    @Override
    public Date getNextFireTime() {
        return next;
    }

    @Override
    public void setNextFireTime(Date time) {
        next = time;
    }

    @Override
    public Date getPreviousFireTime() {
        return previous;
    }

    @Override
    public void setPreviousFireTime(Date time) {
        previous = time;
    }

    @Override
    public ScheduleBuilder<PipelineTrigger> getScheduleBuilder() {
        return PipelineTriggers.of(timetable, getMisfireInstruction());
    }
}
