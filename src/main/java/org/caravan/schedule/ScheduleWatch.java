package org.caravan.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.caravan.ledger.Schedules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds which pipelines have to follow others, tells the ledger what this node serves, and deletes what is left in
 * Quartz of pipelines that no node serves. Thread-safe. The owner closes it.
 */
final class ScheduleWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(3);
    /** How long a node counts that was not heard of: as long as it may take to start those that a change of files stopped. */
    private static final Duration LATELY = Duration.ofSeconds(30);

    private final String node = UUID.randomUUID().toString();
    private final PipelineScheduler scheduler;
    private final Schedules schedules;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private final Instant began = Instant.now();
    private volatile boolean failing;
    private Optional<Future<?>> looking = Optional.empty();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "caravan-schedule");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A pipeline for which there is a route.
     *
     * @param ensure schedules it if another node has deleted it, which did not hear of this one for a while
     */
    record Watched(Plan plan, Runnable ensure) {}

    ScheduleWatch(PipelineScheduler scheduler, Schedules schedules) {
        this.scheduler = scheduler;
        this.schedules = schedules;
    }

    void start() {
        looking = Optional.of(timer.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Watches a pipeline; to be called before it is scheduled, so that no node takes it for one that is left over. */
    void add(Plan plan, Runnable ensure) {
        watched.put(plan.pipeline(), new Watched(plan, ensure));
        if (scheduler.isClustered()) {
            schedules.serve(node, watched.keySet());
        }
    }

    void remove(String pipeline) {
        watched.remove(pipeline);
    }

    /** Looks soon, since something ended. */
    void nudge() {
        if (!timer.isShutdown()) {
            timer.execute(this::look);
        }
    }

    /** Deletes a pipeline that was removed here, unless another node has a route for it. */
    void deleteUnlessServed(String pipeline) {
        schedules.serve(node, watched.keySet());
        if (!schedules.served(LATELY).contains(pipeline)) {
            scheduler.delete(pipeline);
        }
    }

    private void look() {
        try {
            if (scheduler.isClustered()) {
                schedules.serve(node, watched.keySet());
                if (Instant.now().isAfter(began.plus(LATELY))) {
                    scheduler.deleteOthers(() -> schedules.served(LATELY));
                }
                watched.values().forEach(pipeline -> pipeline.ensure().run());
            }
            watched.values().forEach(pipeline -> follow(pipeline.plan()));
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("Schedules are not looked after now: {}", e.getMessage());
            }
            failing = true;
        }
    }

    private void follow(Plan plan) {
        Set<String> others = others(plan);
        if (others.isEmpty()) {
            return;
        }
        schedules.follow(plan.pipeline(), others);
        LocalDateTime now = LocalDateTime.ofInstant(Instant.now(), plan.zone());
        if (plan.blackout().end(now).isEmpty()) {
            schedules.next(plan.pipeline(), others).ifPresent(scheduler::once);
        }
    }

    /** The pipelines that one follows, with those of the groups in their place. */
    private Set<String> others(Plan plan) {
        return plan.after().stream()
                .flatMap(other -> other.startsWith(Plan.GROUP) ? members(other) : Stream.of(other))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> members(String group) {
        return watched.values().stream()
                .map(Watched::plan)
                .filter(plan -> group.equals(Plan.GROUP + plan.group()))
                .map(Plan::pipeline);
    }

    @Override
    public void close() {
        looking.ifPresent(looks -> looks.cancel(false));
        timer.shutdownNow();
        try {
            if (scheduler.isClustered()) {
                schedules.leave(node);
            }
        } catch (RuntimeException e) {
            LOG.debug("The ledger does not note that this node goes down", e);
        }
    }
}
