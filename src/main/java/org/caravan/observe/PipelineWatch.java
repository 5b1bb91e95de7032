package org.caravan.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Pause;
import org.caravan.ledger.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the ledger now and then how the pipelines are, so that who asks for health waits for no database. Thread-safe. The owner
 * closes it.
 */
final class PipelineWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    /** For so long an answer is good if nothing has changed here: an embedded ledger is a file that is opened for each question. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(30);

    private final Supplier<Map<String, Due>> pipelines;
    private final LedgerView ledger;
    private final Duration lateAfter;
    private final Clock clock;
    private final Consumer<Pipelines> listener;
    private final Map<String, Instant> paused = new HashMap<>();
    private volatile Pipelines now;
    private Set<String> asked = Set.of();
    private Optional<Future<?>> looking = Optional.empty();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "caravan-observe");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A watch that does nothing before it is started.
     *
     * @param pipelines those that have a route here, with their times
     * @param listener is told how they are each time that the ledger was asked
     */
    PipelineWatch(
            Supplier<Map<String, Due>> pipelines,
            LedgerView ledger,
            Duration lateAfter,
            Clock clock,
            Consumer<Pipelines> listener) {
        this.pipelines = pipelines;
        this.ledger = ledger;
        this.lateAfter = lateAfter;
        this.clock = clock;
        this.listener = listener;
        this.now = Pipelines.unknown(clock.instant());
    }

    void start() {
        looking = Optional.of(timer.scheduleWithFixedDelay(this::glance, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Looks soon, since something has changed. */
    void nudge() {
        try {
            timer.execute(this::look);
        } catch (RejectedExecutionException e) {
            LOG.debug("The watch is over", e);
        }
    }

    Pipelines now() {
        return now;
    }

    /** Looks if the last answer is too old, or there was none, or there are other pipelines now. */
    void glance() {
        if (!isGood()) {
            look();
        }
    }

    private boolean isGood() {
        try {
            return now.trouble().isEmpty()
                    && now.asOf()
                            .filter(time -> clock.instant().isBefore(time.plus(GOOD_FOR)))
                            .isPresent()
                    && pipelines.get().keySet().equals(asked);
        } catch (RuntimeException e) {
            // The look says it; thrown from here it would be the last.
            LOG.debug("The pipelines cannot be listed", e);
            return false;
        }
    }

    /** Looks once. */
    void look() {
        try {
            now = askAtOnce();
        } catch (CaravanException e) {
            if (now.trouble().isEmpty()) {
                LOG.warn("Health is not known now: {}", e.getMessage());
            }
            now = now.in(clock.instant(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Health is not known now", e);
            now = now.in(clock.instant(), String.valueOf(e.getMessage()));
        }
        try {
            listener.accept(now);
        } catch (RuntimeException e) {
            LOG.error("The metrics do not follow", e);
        }
    }

    private Pipelines askAtOnce() {
        AutoCloseable held = ledger.hold();
        try {
            return ask();
        } finally {
            release(held);
        }
    }

    private static void release(AutoCloseable held) {
        try {
            held.close();
        } catch (Exception e) {
            LOG.debug("The ledger was gone meanwhile", e);
        }
    }

    private Pipelines ask() {
        Map<String, Due> known = pipelines.get();
        Map<String, Standing> standings = ledger.standings(known.keySet());
        Map<String, Pause> pauses = ledger.pauses();
        asked = Set.copyOf(known.keySet());
        Instant time = clock.instant();
        pauses.keySet().forEach(pipeline -> paused.put(pipeline, time));
        List<PipelineState> states = new ArrayList<>();
        Set<String> sorted = new TreeSet<>(known.keySet());
        for (String pipeline : sorted) {
            states.add(PipelineState.of(
                    new PipelineState.Known(
                            pipeline,
                            standings.getOrDefault(pipeline, new Standing(List.of(), Optional.empty())),
                            known.get(pipeline),
                            Optional.ofNullable(pauses.get(pipeline)),
                            paused.getOrDefault(pipeline, Instant.MIN)),
                    time,
                    lateAfter));
        }
        return new Pipelines(states, Optional.of(time), time, Optional.empty());
    }

    @Override
    public void close() {
        looking.ifPresent(looks -> looks.cancel(false));
        timer.shutdownNow();
    }
}
