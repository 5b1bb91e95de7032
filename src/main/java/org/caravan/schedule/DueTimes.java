package org.caravan.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** When a pipeline that has its route in this process is due; immutable. */
public final class DueTimes {
    private final Plan plan;
    private final Instant since;

    /** @param since times that are not after it are no matter of this process */
    DueTimes(Plan plan, Instant since) {
        this.plan = requireNonNull(plan, "plan");
        this.since = requireNonNull(since, "since");
    }

    public String pipeline() {
        return plan.pipeline();
    }

    /** The last time not after another, of those that this process answers for; empty if it follows other pipelines. */
    public Optional<Instant> lastUntil(Instant time) {
        return plan.timetable().flatMap(times -> times.atOrBefore(time)).filter(due -> due.isAfter(since));
    }

    /** The next time after another; empty if it follows other pipelines. */
    public Optional<Instant> next(Instant time) {
        return plan.timetable().flatMap(times -> times.after(time));
    }
}
