package org.caravan.cli;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import picocli.CommandLine;

/** Shows the runs of a host on a terminal: rows, rows a second, bytes and the current step. Writes to standard error. */
final class Progress implements Runs.Listener, AutoCloseable {
    private static final int REFRESH_MILLIS = 200;
    private static final int MAX_WIDTH = 110;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private ProgressBar bar;
    private Future<?> refresh;

    Progress() {}

    /** Whether a person watches. */
    static boolean isWanted() {
        return CommandLine.Help.Ansi.AUTO.enabled();
    }

    @Override
    public synchronized void begun(Run run) {
        bar = new ProgressBarBuilder()
                .setTaskName(run.pipeline())
                .setInitialMax(-1)
                .setUnit(" rows", 1)
                .showSpeed()
                .hideEta()
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .setMaxRenderedLength(MAX_WIDTH)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
        refresh = timer.scheduleAtFixedRate(() -> show(run), 0, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void show(Run run) {
        if (bar != null && run.outcome().isEmpty()) {
            bar.stepTo(run.rowsRead());
            bar.setExtraMessage(" " + run.current().label() + ", " + Summary.bytes(run.bytesStaged()));
        }
    }

    @Override
    public synchronized void ended(Run run, Run.Outcome outcome) {
        if (bar != null) {
            refresh.cancel(false);
            bar.close();
            bar = null;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            boolean ended = timer.awaitTermination(Duration.ofSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                System.err.println();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
