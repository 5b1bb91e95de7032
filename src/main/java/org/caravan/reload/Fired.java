package org.caravan.reload;

import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.quartz.JobExecutionContext;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.listeners.TriggerListenerSupport;
import org.quartz.spi.MutableTrigger;

/**
 * Notes what quartz has handed to a thread: between a trigger's firing and its route's first step the route looks idle. And lets
 * no trigger fire before it was given what was due of the one before: quartz' own thread may be looking for triggers, or waiting
 * for a free thread, when it is paused, and then takes a new one at its next time. Thread-safe.
 */
@SuppressWarnings("JavaUtilDate") // quartz tells times by it
final class Fired extends TriggerListenerSupport {
    /** A trigger's own data: the exchange in which it was handed over. */
    private static final String MARK = "caravan.handed.over";

    /** By what quartz calls this one firing. */
    private final Map<String, TriggerKey> running = new ConcurrentHashMap<>();

    private final Map<TriggerKey, Date> last = new ConcurrentHashMap<>();
    private final Map<TriggerKey, Gate> gates = new ConcurrentHashMap<>();
    private final Set<String> early = ConcurrentHashMap.newKeySet();
    private int exchanges;

    /** What fires until a moment, or until the gate is opened, fires too early, unless its trigger has the mark, which it gets when it is handed over. */
    private record Gate(String mark, Optional<Date> until) {
        boolean stops(Trigger trigger, Date firedAt) {
            return until.filter(firedAt::after).isEmpty()
                    && !mark.equals(trigger.getJobDataMap().get(MARK));
        }
    }

    @Override
    public String getName() {
        return "caravan-reload";
    }

    @Override
    public void triggerFired(Trigger trigger, JobExecutionContext job) {
        TriggerKey key = trigger.getKey();
        Gate gate = gates.get(key);
        if (gate != null && gate.stops(trigger, job.getFireTime())) {
            early.add(job.getFireInstanceId());
        } else {
            last.put(key, job.getScheduledFireTime());
            running.put(job.getFireInstanceId(), key);
            startBefore(trigger, job.getFireTime());
        }
    }

    /**
     * Quartz may fire two milliseconds early (QuartzSchedulerThread), and Camel's job leaves out what fires before its trigger starts
     * (CamelJob), which is at the due time if the trigger was handed over. This one is the job's own copy.
     */
    private static void startBefore(Trigger trigger, Date firedAt) {
        if (trigger instanceof MutableTrigger own && firedAt.before(trigger.getStartTime())) {
            own.setStartTime(firedAt);
        }
    }

    /** Asked right after the above, by the same thread; what is refused is not told to be complete. */
    @Override
    public boolean vetoJobExecution(Trigger trigger, JobExecutionContext job) {
        return early.remove(job.getFireInstanceId());
    }

    /** Also told of what fired before this listened. */
    @Override
    public void triggerComplete(
            Trigger trigger, JobExecutionContext job, Trigger.CompletedExecutionInstruction instruction) {
        running.remove(job.getFireInstanceId());
    }

    /** From now on nothing fires under the keys that is not handed over. */
    void shut(Set<TriggerKey> keys) {
        String mark = String.valueOf(++exchanges);
        keys.forEach(key -> gates.put(key, new Gate(mark, Optional.empty())));
    }

    /** The trigger as it is to be handed over. */
    Trigger marked(Trigger trigger) {
        Gate gate = gates.get(trigger.getKey());
        return gate == null
                ? trigger
                : trigger.getTriggerBuilder().usingJobData(MARK, gate.mark()).build();
    }

    /** What fires from now on under the keys fires. */
    void open() {
        Optional<Date> now = Optional.of(new Date());
        gates.replaceAll((key, gate) -> new Gate(gate.mark(), gate.until().or(() -> now)));
    }

    boolean isUnderWay(Trigger trigger) {
        Date previous = trigger.getPreviousFireTime();
        Date seen = last.get(trigger.getKey());
        return running.containsValue(trigger.getKey()) || (previous != null && (seen == null || previous.after(seen)));
    }
}
