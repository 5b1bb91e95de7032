package org.caravan.cli;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cleans up after a pipeline each time that a run of it ends. A run is not less done because its cleaning failed. Thread-safe. */
final class CleanAfterRun implements Runs.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CleanAfterRun.class);
    private static final int SECONDS_AT_THE_END = 60;

    private final Supplier<Cleaner> cleaners;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread cleaning = new Thread(task, "caravan-clean");
        cleaning.setDaemon(true);
        return cleaning;
    });

    /** @param cleaners gives a cleaner, for each run one */
    CleanAfterRun(Supplier<Cleaner> cleaners) {
        this.cleaners = cleaners;
    }

    @Override
    public void begun(Run run) {
        // There is nothing to clean up yet.
    }

    @Override
    public void ended(Run run, Run.Outcome outcome) {
        thread.execute(() -> clean(run.pipeline()));
    }

    private void clean(String pipeline) {
        try {
            Cleaned cleaned = cleaners.get().clean(Optional.of(pipeline), Cleaner.Mode.DELETE);
            LOG.info("{}: {}", pipeline, cleaned.summary());
            cleaned.problems()
                    .forEach(problem -> LOG.warn("{}: not all was cleaned up: {}", pipeline, problem.message()));
        } catch (CaravanException e) {
            LOG.warn("{}: nothing was cleaned up: {}", pipeline, e.getMessage());
        }
    }

    /** Waits for the cleaning that is under way; what it does not come to, the next does. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(SECONDS_AT_THE_END, TimeUnit.SECONDS)) {
                LOG.warn("The cleaning is not over after {} s; the next goes on with it", SECONDS_AT_THE_END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
