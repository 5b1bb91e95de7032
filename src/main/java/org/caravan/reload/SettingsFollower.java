package org.caravan.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Follows the files of the settings. A change is refused as a whole if anything is wrong with it, or a route would not load with it;
 * else the keys that can change come into force, and the routes that use them are loaded again. One thread.
 */
final class SettingsFollower {
    private final ChangingSettings settings;
    private final Units units;
    private final Journal journal;
    private final Watch watch = new Watch();
    /** The versions that are accepted. */
    private Map<Path, Version> accepted = Map.of();
    /** The settings and the routes, on disk and in force, that were there when something was looked at last. */
    private Set<Version> looked = Set.of();

    private final Map<Path, Refused> refused = new TreeMap<>();
    private Instant since = Instant.now();
    /** The files that are new, and of which that was said. */
    private final Set<Path> newcomers = new HashSet<>();

    /** A version, or with none the deletion of the file, that is refused. */
    private record Refused(Optional<Version> version, Problem problem, Instant since) {}

    SettingsFollower(ChangingSettings settings, Units units, Journal journal) {
        this.settings = settings;
        this.units = units;
        this.journal = journal;
    }

    List<FileState> states(RouteFolder folder) {
        Set<Path> files = new TreeSet<>(accepted.keySet());
        files.addAll(refused.keySet());
        boolean waiting = units.isChangingSettings();
        return files.stream()
                .map(file -> {
                    Optional<String> good =
                            Optional.ofNullable(accepted.get(file)).map(Version::hash);
                    Refused wrong = refused.get(file);
                    return wrong == null
                            ? new FileState(
                                    folder.name(file),
                                    waiting ? FileState.Status.WAITING : FileState.Status.LIVE,
                                    good,
                                    Optional.empty(),
                                    Optional.empty(),
                                    since)
                            : new FileState(
                                    folder.name(file),
                                    FileState.Status.REFUSED,
                                    good,
                                    wrong.version().map(Version::hash),
                                    Optional.of(wrong.problem()),
                                    wrong.since());
                })
                .toList();
    }

    /**
     * Looks at the files once.
     *
     * @param routes the files of the routes, as they are now: with others a setting that was refused may be good
     */
    void follow(Map<Path, Version> routes) {
        settings.absent().stream()
                .filter(Files::isRegularFile)
                .filter(newcomers::add)
                .forEach(journal::newSettings);
        Map<Path, Version> now = watch.poll(
                settings.files().stream().filter(Files::isRegularFile).toList());
        // All gone at once is a mount that is gone.
        if (now.isEmpty()) {
            return;
        }
        if (now.equals(accepted)) {
            refused.clear();
            looked = Set.of();
            return;
        }
        Set<Version> basis = new HashSet<>(now.values());
        basis.addAll(routes.values());
        basis.addAll(units.inForce());
        if (basis.equals(looked) || units.isChangingSettings()) {
            return;
        }
        ChangingSettings.Reading reading = settings.read();
        if (!areStill(now)) {
            return;
        }
        looked = basis;
        if (reading instanceof ChangingSettings.Reading.Bad bad) {
            refuse(now, bad.wrong());
        } else if (reading instanceof ChangingSettings.Reading.Good good) {
            take(now, good);
        }
    }

    /** Whether what was read is what was looked at. */
    private static boolean areStill(Map<Path, Version> now) {
        for (Version version : now.values()) {
            try {
                if (!Version.of(version.file(), Files.readAllBytes(version.file()))
                        .equals(version)) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    private void take(Map<Path, Version> now, ChangingSettings.Reading.Good good) {
        Set<String> later = new TreeSet<>(good.later());
        later.addAll(units.fixed(good.changed()));
        Set<String> changed = new TreeSet<>(good.changed());
        changed.removeAll(later);
        if (!changed.isEmpty()) {
            if (units.isBusyWith(changed)) {
                // A new version of such a route is about to come into force; with the settings it was tried with.
                looked = Set.of();
                return;
            }
            Optional<Problem> problem = units.tryWith(settings.with(changed), changed);
            if (problem.isPresent()) {
                refuse(now, List.of(wrong(now, changed, problem.get())));
                return;
            }
        }
        Map<Path, Version> before = accepted;
        boolean first = before.isEmpty();
        List<Version> versions = changedIn(now);
        List<Version> gone = before.values().stream()
                .filter(version -> !now.containsKey(version.file()))
                .toList();
        accepted = Map.copyOf(now);
        refused.clear();
        since = Instant.now();
        if (!first || !changed.isEmpty() || !later.isEmpty()) {
            versions.forEach(version -> journal.settingsAccepted(version, changed, later));
            gone.forEach(version -> journal.settingsRemoved(version, changed, later));
        }
        if (!changed.isEmpty()) {
            Runnable restore = settings.adopt(changed);
            List<String> kept = units.loadAgainFor(changed, problem -> {
                restore.run();
                accepted = before;
                refuse(now, List.of(wrong(now, changed, problem)));
                units.loadAgainFor(changed, ignored -> {});
            });
            journal.keptBySettings(kept);
            units.tryRefusedAgain();
        }
    }

    private List<Version> changedIn(Map<Path, Version> now) {
        return now.values().stream()
                .filter(version -> !version.equals(accepted.get(version.file())))
                .toList();
    }

    /** What routes have against a change, at the line of the first of its keys. */
    private ChangingSettings.Wrong wrong(Map<Path, Version> now, Set<String> changed, Problem problem) {
        String message = String.join(", ", changed) + ": " + problem.message();
        for (Version version : changedIn(now)) {
            for (String key : changed) {
                OptionalInt line = ErrorLines.lineOf(key, version);
                if (line.isPresent()) {
                    return new ChangingSettings.Wrong(Optional.of(version.file()), new Problem(message, line));
                }
            }
        }
        return new ChangingSettings.Wrong(Optional.empty(), Problem.of(message));
    }

    /** Refuses all that has changed: one file may need what is in another. */
    private void refuse(Map<Path, Version> now, List<ChangingSettings.Wrong> wrong) {
        Map<Path, Optional<Version>> files = new LinkedHashMap<>();
        changedIn(now).forEach(version -> files.put(version.file(), Optional.of(version)));
        accepted.keySet().stream()
                .filter(file -> !now.containsKey(file))
                .forEach(file -> files.put(file, Optional.empty()));
        refused.keySet().retainAll(files.keySet());
        files.forEach((file, version) -> {
            Problem problem = of(file, wrong);
            refused.put(file, new Refused(version, problem, Instant.now()));
            version.ifPresentOrElse(
                    known -> journal.settingsRefused(known, problem),
                    () -> journal.deletionRefused(accepted.get(file), problem));
        });
    }

    /** Everything that is wrong in a file, or else in all, in one line; at the line of the first. */
    private static Problem of(Path file, List<ChangingSettings.Wrong> wrong) {
        List<ChangingSettings.Wrong> own = wrong.stream()
                .filter(one -> one.file().filter(file::equals).isPresent())
                .toList();
        List<ChangingSettings.Wrong> told = own.isEmpty() ? wrong : own;
        List<String> messages = new ArrayList<>();
        told.forEach(
                one -> messages.add((messages.isEmpty() || one.problem().line().isEmpty()
                                ? ""
                                : "line " + one.problem().line().getAsInt() + ": ")
                        + one.problem().message()));
        OptionalInt line =
                own.isEmpty() ? OptionalInt.empty() : own.get(0).problem().line();
        return new Problem(messages.stream().collect(Collectors.joining("; also ")), line);
    }
}
