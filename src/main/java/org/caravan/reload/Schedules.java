package org.caravan.reload;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.caravan.schedule.ScheduleEndpoint;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerKey;

/**
 * The quartz triggers of routes that are replaced: holds them while a route is exchanged, so that none fires into the gap, and gives
 * the new trigger what was due of the old one, so that none fires twice or not at all. Not for a clustered store, in which a trigger
 * belongs to all nodes. One thread, beside quartz' own.
 */
@SuppressWarnings("JavaUtilDate") // quartz tells times by it
final class Schedules {
    /** Times of two triggers that are compared. */
    private static final int LOOKED_AT = 5;

    private final CamelContext context;
    private final Fired fired = new Fired();
    private Optional<Scheduler> scheduler = Optional.empty();

    Schedules(CamelContext context) {
        this.context = context;
    }

    /** Triggers that do not fire until they are let go or replaced, as they were. */
    record Held(Map<TriggerKey, Trigger> triggers, Date since) {
        static final Held NONE = new Held(Map.of(), new Date(0));

        /** The triggers of all, since the first of them was held. */
        static Held of(Collection<Held> parts) {
            Map<TriggerKey, Trigger> all = new LinkedHashMap<>();
            parts.forEach(part -> all.putAll(part.triggers()));
            return parts.stream()
                    .filter(part -> !part.triggers().isEmpty())
                    .map(Held::since)
                    .min(Comparator.naturalOrder())
                    .map(since -> new Held(all, since))
                    .orElse(NONE);
        }
    }

    /** Makes the scheduler ready before a route needs it. */
    void prepare() throws SchedulerException {
        if (scheduler.isEmpty()) {
            Scheduler made =
                    context.getComponent("quartz", QuartzComponent.class).getScheduler();
            if (made != null && !made.getMetaData().isJobStoreClustered()) {
                made.getListenerManager().addTriggerListener(fired);
                scheduler = Optional.of(made);
            }
        }
    }

    /** How many jobs quartz knows. */
    int jobs() throws SchedulerException {
        return scheduler.isEmpty()
                ? 0
                : scheduler
                        .get()
                        .getJobKeys(org.quartz.impl.matchers.GroupMatcher.anyJobGroup())
                        .size();
    }

    /** Holds the triggers of routes. */
    Held hold(Collection<String> routes) throws SchedulerException {
        if (scheduler.isEmpty()) {
            return Held.NONE;
        }
        Map<TriggerKey, Trigger> held = new LinkedHashMap<>();
        for (TriggerKey key : keys(routes)) {
            scheduler.get().pauseTrigger(key);
            Trigger trigger = scheduler.get().getTrigger(key);
            if (trigger != null) {
                held.put(key, trigger);
            }
        }
        return new Held(held, new Date());
    }

    private List<TriggerKey> keys(Collection<String> routes) {
        return routes.stream()
                .map(context::getRoute)
                .filter(Objects::nonNull)
                .map(Route::getEndpoint)
                .flatMap(endpoint -> key(endpoint).stream())
                .toList();
    }

    /** The key of the trigger that an endpoint has in quartz, if it has one. */
    static Optional<TriggerKey> key(Endpoint endpoint) {
        if (endpoint instanceof QuartzEndpoint quartz) {
            return Optional.of(quartz.getTriggerKey());
        }
        return endpoint instanceof ScheduleEndpoint schedule ? Optional.of(schedule.triggerKey()) : Optional.empty();
    }

    /** Whether a trigger that is held has fired, and its job is not over. */
    boolean isUnderWay(Held held) {
        return held.triggers().values().stream().anyMatch(fired::isUnderWay);
    }

    /** Lets triggers go on that were held. */
    void release(Held held) throws SchedulerException {
        for (TriggerKey key : held.triggers().keySet()) {
            scheduler.orElseThrow().resumeTrigger(key);
        }
    }

    /** Keeps quartz from firing anything; what becomes due meanwhile fires afterwards. */
    void pause() throws SchedulerException {
        if (scheduler.isPresent() && scheduler.get().isStarted()) {
            scheduler.get().standby();
        }
    }

    /** The end of a pause. */
    void resume() throws SchedulerException {
        fired.open();
        if (scheduler.isPresent()
                && scheduler.get().isInStandbyMode()
                && !scheduler.get().isShutdown()) {
            scheduler.get().start();
        }
    }

    /** Until the end of the pause lets the triggers that come in the place of these fire only when they are handed over. */
    void replace(Held held) {
        fired.shut(held.triggers().keySet());
    }

    /** Gives the triggers of the routes what is due of those that were held. Quartz must be paused. */
    void handOver(Held held, Collection<String> routes) throws SchedulerException {
        if (scheduler.isEmpty()) {
            return;
        }
        for (TriggerKey key : keys(routes)) {
            Trigger old = held.triggers().get(key);
            Trigger now = scheduler.get().getTrigger(key);
            if (old != null && now != null) {
                handOver(old, now, held.since());
            }
        }
    }

    private void handOver(Trigger old, Trigger now, Date since) throws SchedulerException {
        Date due = old.getNextFireTime();
        boolean owed = due != null && !due.after(since);
        if (isSame(old, now)) {
            put(due == null ? now : from(now, old, due));
        } else if (now instanceof SimpleTrigger) {
            put(now);
        } else {
            // Strictly after the moment from which the old trigger did not fire: for the second that has begun it may
            // have fired.
            Date next = now.getFireTimeAfter(since);
            put(next == null ? now : now.getTriggerBuilder().startAt(next).build());
            if (owed) {
                scheduler.orElseThrow().triggerJob(now.getJobKey());
            }
        }
    }

    private void put(Trigger trigger) throws SchedulerException {
        scheduler.orElseThrow().rescheduleJob(trigger.getKey(), fired.marked(trigger));
    }

    /** Whether two triggers fire at the same times, as far as one looks. */
    private static boolean isSame(Trigger old, Trigger now) {
        if (old instanceof SimpleTrigger was && now instanceof SimpleTrigger is) {
            return was.getRepeatInterval() == is.getRepeatInterval() && was.getRepeatCount() == is.getRepeatCount();
        }
        // One moment for both: their times differ if a second passes in between.
        Instant soon = Instant.now().plusSeconds(2);
        return old.getClass() == now.getClass()
                && old.getMisfireInstruction() == now.getMisfireInstruction()
                && next(old, soon).equals(next(now, soon));
    }

    private static List<Instant> next(Trigger trigger, Instant from) {
        List<Instant> times = new ArrayList<>();
        Optional<Instant> time = Optional.of(from);
        for (int count = 0; count < LOOKED_AT && time.isPresent(); count++) {
            time = Optional.ofNullable(trigger.getFireTimeAfter(Date.from(time.get())))
                    .map(Date::toInstant);
            time.ifPresent(times::add);
        }
        return times;
    }

    private static Trigger from(Trigger now, Trigger old, Date due) {
        if (now instanceof SimpleTrigger simple && old instanceof SimpleTrigger was && simple.getRepeatCount() > 0) {
            int left = Math.max(0, was.getRepeatCount() - was.getTimesTriggered());
            return simple.getTriggerBuilder()
                    .startAt(due)
                    .withSchedule(org.quartz.SimpleScheduleBuilder.simpleSchedule()
                            .withIntervalInMilliseconds(simple.getRepeatInterval())
                            .withRepeatCount(left))
                    .build();
        }
        return now.getTriggerBuilder().startAt(due).build();
    }
}
