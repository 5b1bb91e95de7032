package org.caravan.reload;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each version once what became of it: to the log, the counters and the listener. One thread; the counts may be read by all. */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int SHOWN = 12;

    private final RouteFolder folder;
    private final Reloader.Listener listener;
    /** The refusal of each file that was told last: what is refused again for the same reason is not told again. */
    private final Map<Path, String> told = new HashMap<>();

    private volatile long accepted;
    private volatile long refused;

    Journal(RouteFolder folder, Reloader.Listener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    long accepted() {
        return accepted;
    }

    long refused() {
        return refused;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void accepted(Version version, List<String> routes) {
        accepted++;
        told.remove(version.file());
        String message = routes.isEmpty() ? "in force" : "in force; routes " + String.join(", ", routes);
        LOG.info("{} is in force, version {}; routes: {}", name(version), brief(version), routes);
        tell(version, Reloader.Outcome.ACCEPTED, message);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void renamed(Version before, Version version) {
        accepted++;
        told.remove(before.file());
        LOG.info("{} is now {}; its routes go on", name(before), name(version));
        tell(version, Reloader.Outcome.ACCEPTED, "renamed from " + name(before));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void removed(Version version, List<String> routes) {
        accepted++;
        told.remove(version.file());
        LOG.info("{} is deleted; its routes are gone: {}", name(version), routes);
        tell(version, Reloader.Outcome.REMOVED, "deleted; routes " + String.join(", ", routes));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void refused(Version version, Problem problem, Optional<Version> before) {
        if ((version.hash() + problem).equals(told.put(version.file(), version.hash() + problem))) {
            return;
        }
        refused++;
        String place = problem.line().isPresent()
                ? name(version) + ":" + problem.line().getAsInt()
                : name(version);
        LOG.error(
                "{} is refused, {}: {}",
                place,
                before.map(good -> "version " + brief(good) + " goes on").orElse("nothing of it runs"),
                problem.message());
        tell(
                version,
                Reloader.Outcome.REFUSED,
                (problem.line().isPresent() ? "line " + problem.line().getAsInt() + ": " : "") + problem.message());
    }

    void deletionRefused(Version version, Problem problem) {
        if (("deleted" + problem).equals(told.put(version.file(), "deleted" + problem))) {
            return;
        }
        LOG.error("{} is deleted, but its last version goes on: {}", name(version), problem.message());
        tell(version, Reloader.Outcome.REFUSED, "deletion: " + problem.message());
    }

    void waits(Version version, int runs) {
        LOG.info("{} waits for {} under way", name(version), runs == 1 ? "a run" : runs + " runs");
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void settingsAccepted(Version version, Set<String> changed, Set<String> later) {
        accepted++;
        told.remove(version.file());
        LOG.info(
                "{} is in force, version {}; changed: {}",
                name(version),
                brief(version),
                changed.isEmpty() ? "nothing that can change now" : String.join(", ", changed));
        later(version, later);
        tell(version, Reloader.Outcome.ACCEPTED, inForce(changed, later));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void settingsRemoved(Version version, Set<String> changed, Set<String> later) {
        accepted++;
        told.remove(version.file());
        LOG.info("{} is deleted; changed: {}", name(version), String.join(", ", changed));
        later(version, later);
        tell(version, Reloader.Outcome.REMOVED, "deleted; " + inForce(changed, later));
    }

    /** Tells of a file that was not there at the start. */
    void newSettings(Path file) {
        LOG.warn("{} is new, and not followed: it is read at the next start", folder.name(file));
    }

    private void later(Version version, Set<String> later) {
        if (!later.isEmpty()) {
            LOG.warn("{}: a new value takes effect at the next start: {}", name(version), String.join(", ", later));
        }
    }

    private static String inForce(Set<String> changed, Set<String> later) {
        return (changed.isEmpty() ? "in force" : "in force; changed " + String.join(", ", changed))
                + (later.isEmpty() ? "" : "; at the next start " + String.join(", ", later));
    }

    /** Tells of routes that do not get new settings. */
    void keptBySettings(List<String> files) {
        if (!files.isEmpty()) {
            LOG.warn("The settings before stay in force for {} until what is refused there is mended", files);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    void settingsRefused(Version version, Problem problem) {
        if ((version.hash() + problem).equals(told.put(version.file(), version.hash() + problem))) {
            return;
        }
        refused++;
        String line =
                problem.line().isPresent() ? Integer.toString(problem.line().getAsInt()) : "";
        LOG.error(
                "{} is refused, the settings before stay in force: {}",
                name(version) + (line.isEmpty() ? "" : ":" + line),
                problem.message());
        tell(version, Reloader.Outcome.REFUSED, (line.isEmpty() ? "" : "line " + line + ": ") + problem.message());
    }

    private void tell(Version version, Reloader.Outcome outcome, String message) {
        try {
            listener.changed(new Reloader.Change(
                    Instant.now(), version.file(), name(version), version.hash(), outcome, message));
        } catch (RuntimeException e) {
            LOG.warn("What became of {} is not kept: {}", name(version), e.getMessage());
        }
    }

    private String name(Version version) {
        return folder.name(version.file());
    }

    private static String brief(Version version) {
        return version.hash().substring(0, SHOWN);
    }
}
