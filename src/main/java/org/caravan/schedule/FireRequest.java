package org.caravan.schedule;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.caravan.ledger.Fire;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Schedules.Attempt;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;

/**
 * That Quartz wants a pipeline to run; immutable.
 *
 * @param scheduled when Quartz was to call
 * @param key of the time, if it is not one of the timetable
 * @param passed how often it was passed on, because a node had no route for it
 */
record FireRequest(Instant scheduled, Optional<String> key, Map<String, RunId> follows, Attempt attempt, int passed) {
    private static final String SCHEDULED = "scheduled";
    private static final String KEY = "key";
    private static final String FOLLOWS = "follows.";
    private static final String ATTEMPT = "attempt";
    private static final String PASSED = "passed";

    /** What Quartz asks for now, also in the place of a node that is gone. */
    static FireRequest of(JobExecutionContext context) {
        JobDataMap data = context.getMergedJobDataMap();
        Map<String, RunId> follows = new TreeMap<>();
        data.forEach((name, value) -> {
            if (name.startsWith(FOLLOWS)) {
                follows.put(name.substring(FOLLOWS.length()), new RunId(String.valueOf(value)));
            }
        });
        return new FireRequest(
                millis(data, SCHEDULED)
                        .or(() -> context.isRecovering()
                                ? millis(data, Scheduler.FAILED_JOB_ORIGINAL_TRIGGER_SCHEDULED_FIRETIME_IN_MILLISECONDS)
                                : Optional.empty())
                        .orElseGet(() -> context.getScheduledFireTime().toInstant()),
                Optional.ofNullable(data.getString(KEY)),
                follows,
                context.isRecovering() || Attempt.AGAIN.name().equals(data.getString(ATTEMPT))
                        ? Attempt.AGAIN
                        : Attempt.FIRST,
                Optional.ofNullable(data.getString(PASSED))
                        .map(Integer::valueOf)
                        .orElse(0));
    }

    private static Optional<Instant> millis(JobDataMap data, String name) {
        return Optional.ofNullable(data.getString(name)).map(Long::valueOf).map(Instant::ofEpochMilli);
    }

    /** The request to take a time that follows other pipelines' runs. */
    static FireRequest of(Fire fire) {
        return new FireRequest(fire.due(), Optional.of(fire.key()), fire.follows(), Attempt.FIRST, 0);
    }

    /** The same, to be asked again because the node that had it may be gone. */
    FireRequest again() {
        return new FireRequest(scheduled, key, follows, Attempt.AGAIN, passed);
    }

    /** The same, for another node. */
    FireRequest pass() {
        return new FireRequest(scheduled, key, follows, attempt, passed + 1);
    }

    /** As {@link #of} reads it: texts only, which every job store takes. */
    JobDataMap data() {
        JobDataMap data = new JobDataMap();
        data.put(SCHEDULED, Long.toString(scheduled.toEpochMilli()));
        key.ifPresent(known -> data.put(KEY, known));
        follows.forEach((other, run) -> data.put(FOLLOWS + other, run.value()));
        data.put(ATTEMPT, attempt.name());
        data.put(PASSED, Integer.toString(passed));
        return data;
    }
}
