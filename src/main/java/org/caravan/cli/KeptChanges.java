package org.caravan.cli;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.FileChange;
import org.caravan.ledger.FileChanges;
import org.caravan.reload.Reloader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps in the ledger what became of files, in a thread of its own: a ledger that is away must not keep routes from changing. */
final class KeptChanges implements Reloader.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptChanges.class);
    private static final int CLOSE_SECONDS = 5;

    private final FileChanges ledger;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "caravan-file-changes");
        made.setDaemon(true);
        return made;
    });

    KeptChanges(FileChanges ledger) {
        this.ledger = ledger;
    }

    @Override
    public void changed(Reloader.Change change) {
        Optional<String> author = owner(change.file());
        try {
            thread.execute(() -> keep(new FileChange(
                    change.at(), change.name(), change.hash(), outcome(change.outcome()), change.message(), author)));
        } catch (RejectedExecutionException e) {
            LOG.debug("What became of {} is not kept: the service ends", change.name());
        }
    }

    private static FileChange.Outcome outcome(Reloader.Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> FileChange.Outcome.ACCEPTED;
            case REFUSED -> FileChange.Outcome.REFUSED;
            case REMOVED -> FileChange.Outcome.REMOVED;
        };
    }

    private static Optional<String> owner(Path file) {
        try {
            return Optional.of(Files.getOwner(file)).map(UserPrincipal::getName);
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private void keep(FileChange change) {
        try {
            ledger.keep(change);
        } catch (CaravanException e) {
            LOG.warn("What became of {} is not kept in the ledger: {}", change.file(), e.getMessage());
        }
    }

    /** Waits a little for what is not kept yet. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, SECONDS)) {
                LOG.warn("The last changes of files are not kept in the ledger, which does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
