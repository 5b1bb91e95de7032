package org.caravan.reload;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the routes of a started Camel as the files of a folder say: loads them at the start, and follows every change, of the settings
 * as well if they are {@link ChangingSettings}. A file that cannot be loaded keeps its last good version and harms no other. A route is replaced when no run is under way in it; until then it
 * goes on, and others are replaced meanwhile. The owner closes it, before Camel. Thread-safe.
 */
public final class Reloader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
    /** Between two looks at the files; a change is in force after the second that finds it unchanged. */
    private static final Duration POLL = Duration.ofMillis(500);

    /** Between two trials of what is refused though no file has changed. */
    private static final Duration ANOTHER_TRY = Duration.ofMinutes(1);

    private static final Duration FIRST_POLL = Duration.ofMillis(100);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final RouteFolder folder;
    private final Watch watch = new Watch();
    private final Units units;
    private final Optional<SettingsFollower> settings;
    private final Journal journal;
    private volatile Optional<Future<?>> looking = Optional.empty();
    private final Lock ticking = new ReentrantLock();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "caravan-reload");
        made.setDaemon(true);
        return made;
    });
    private volatile ReloadState state = new ReloadState(List.of(), 0, 0, Instant.now(), Optional.empty());
    private Optional<String> trouble = Optional.empty();

    /** Is told what becomes of each version of a file; must return soon. */
    public interface Listener {
        void changed(Change change);
    }

    /** What became of a version. */
    public enum Outcome {
        ACCEPTED,
        REFUSED,
        /** The file is deleted, and so are its routes. */
        REMOVED
    }

    /**
     * What became of a version of a file.
     *
     * @param name the file's path below its folder
     * @param hash the SHA-256 of its content
     */
    public record Change(Instant at, Path file, String name, String hash, Outcome outcome, String message) {}

    /** The settings under which versions are tried. */
    public interface Settings extends Trial.Settings {
        /** The same as files that are followed; empty if they are those of the start for ever. */
        default Optional<ChangingSettings> changing() {
            return Optional.empty();
        }
    }

    private Reloader(
            CamelContext context, RouteFolder folder, Settings settings, Listener listener, Duration anotherTry) {
        this.folder = folder;
        this.journal = new Journal(folder, listener);
        this.units = new Units((ModelCamelContext) context, settings, journal, anotherTry);
        this.settings = settings.changing().map(changing -> new SettingsFollower(changing, units, journal));
    }

    /**
     * A reloader, which does nothing before it is started.
     *
     * @param context a Camel that is started, in which this is the only one that adds and removes routes
     */
    public static Reloader of(CamelContext context, RouteFolder folder, Settings settings, Listener listener) {
        return of(context, folder, settings, listener, ANOTHER_TRY);
    }

    /** The same, with another time after which it tries again what it refused. */
    static Reloader of(
            CamelContext context, RouteFolder folder, Settings settings, Listener listener, Duration anotherTry) {
        return new Reloader(
                requireNonNull(context, "context"),
                requireNonNull(folder, "folder"),
                requireNonNull(settings, "settings"),
                requireNonNull(listener, "listener"),
                anotherTry);
    }

    /** Loads what can be loaded, and returns; follows the files from then on. */
    public void start() {
        look();
        try {
            thread.schedule(this::look, FIRST_POLL.toMillis(), TimeUnit.MILLISECONDS)
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.error("The routes are not loaded", e.getCause());
        }
        looking = Optional.of(
                thread.scheduleWithFixedDelay(this::look, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** How the files stand. */
    public ReloadState state() {
        return state;
    }

    /** Whether the files are looked at again and again: not before the start, nor after the end. */
    public boolean isFollowing() {
        return looking.filter(task -> !task.isDone()).isPresent();
    }

    private void look() {
        ticking.lock();
        try {
            if (thread.isShutdown()) {
                return;
            }
            Map<Path, Version> now = watch.poll(folder.look());
            if (now.isEmpty() && units.size() > 1) {
                trouble("The folder " + folder.path()
                        + " is empty all at once; its routes go on until it holds a file");
            } else {
                trouble = Optional.empty();
                settings.ifPresent(follower -> follower.follow(now));
                units.follow(now);
            }
        } catch (IOException e) {
            trouble("The folder " + folder.path() + " cannot be read, its routes go on: " + e);
        } catch (RuntimeException | Error e) {
            LOG.error("A look at the files failed; the next is in {} ms", POLL.toMillis(), e);
        } finally {
            List<FileState> files = new ArrayList<>(units.states(folder));
            settings.ifPresent(follower -> files.addAll(follower.states(folder)));
            state = new ReloadState(files, journal.accepted(), journal.refused(), Instant.now(), trouble);
            ticking.unlock();
        }
    }

    private void trouble(String message) {
        if (!trouble.equals(Optional.of(message))) {
            LOG.error(message);
        }
        trouble = Optional.of(message);
    }

    /** Follows the files no longer; waits for a change that is just being made. The routes stay. */
    @Override
    public void close() {
        looking.ifPresent(task -> task.cancel(false));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn(
                        "A change of the routes takes longer than {} s; Camel stops all the same",
                        CLOSE_LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
