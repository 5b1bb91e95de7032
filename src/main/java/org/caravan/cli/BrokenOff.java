package org.caravan.cli;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.TimeUnit;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;

/** Breaks off what a run has running at the databases, once it is told to stop, until it frees what it holds. Thread-safe. */
final class BrokenOff implements Runs.Listener {
    private static final long PAUSE_MILLIS = 100;

    private final Connections connections;

    BrokenOff(Connections connections) {
        this.connections = requireNonNull(connections, "connections");
    }

    @Override
    public void begun(Run run) {
        run.recovery().stop().onRequest(() -> {
            Thread thread = new Thread(() -> breakOff(run), "caravan-cancel-" + run.id());
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Again and again: a statement may begin just after another was cancelled. */
    private void breakOff(Run run) {
        try {
            while (!run.isClosing()) {
                connections.cancel(run);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void ended(Run run, Run.Outcome outcome) {
        // Nothing of it is running any more.
    }
}
