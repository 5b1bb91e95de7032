package org.caravan.schedule;

import org.quartz.ScheduleBuilder;
import org.quartz.spi.MutableTrigger;

/** Makes triggers of pipelines. */
final class PipelineTriggers extends ScheduleBuilder<PipelineTrigger> {
    private final String timetable;
    private final int misfireInstruction;

    private PipelineTriggers(String timetable, int misfireInstruction) {
        this.timetable = timetable;
        this.misfireInstruction = misfireInstruction;
    }

    static PipelineTriggers of(Timetable timetable, Misfire misfire) {
        return of(
                TimetableText.of(timetable),
                switch (misfire) {
                    case RUN_ONCE -> PipelineTrigger.RUN_ONCE;
                    case SKIP -> PipelineTrigger.SKIP;
                });
    }

    static PipelineTriggers of(String timetable, int misfireInstruction) {
        return new PipelineTriggers(timetable, misfireInstruction);
    }

    @Override
    protected MutableTrigger build() {
        PipelineTrigger trigger = new PipelineTrigger(timetable);
        if (misfireInstruction != 0) {
            trigger.setMisfireInstruction(misfireInstruction);
        }
        return trigger;
    }
}
