package org.caravan.reload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.apache.camel.model.ModelCamelContext;

/** All files that are watched: decides what becomes of each when they change, and has it done. One thread. */
final class Units {
    private final Map<Path, Unit> units = new LinkedHashMap<>();
    private final Trial trial;
    private final ModelCamelContext context;
    private final ShippedKamelets shipped = new ShippedKamelets();
    private final Exchanges exchanges;
    private final Journal journal;
    private final Duration anotherTry;
    /** Units that have not got the settings in force, since something else of them was refused. */
    private final Set<Unit> behind = new HashSet<>();
    /** Whether what was refused may be good now, since another file has changed. */
    private boolean retry;

    /**
     * The files' units.
     *
     * @param anotherTry after so long what is refused is tried again though no file has changed, if nothing runs in its place
     */
    Units(ModelCamelContext context, Trial.Settings settings, Journal journal, Duration anotherTry) {
        this.anotherTry = anotherTry;
        this.context = context;
        this.trial = new Trial(context, settings);
        this.exchanges = new Exchanges(context, journal);
        this.journal = journal;
    }

    int size() {
        return units.size();
    }

    List<FileState> states(RouteFolder folder) {
        return units.values().stream().map(unit -> unit.state(folder)).toList();
    }

    /** Follows the files: plans what has changed, and does of what is planned what can be done now. */
    void follow(Map<Path, Version> now) {
        List<Unit> gone = gone(now);
        List<Version> changed = changed(now);
        move(gone, changed);
        boolean again = retry;
        retry = false;
        now.values().stream()
                .filter(version -> !changed.contains(version))
                .filter(version -> Optional.ofNullable(units.get(version.file()))
                        .filter(unit -> unit.refused().isPresent())
                        .filter(unit -> again || unit.isWorthAnotherTry(anotherTry))
                        .isPresent())
                .forEach(changed::add);
        if (!changed.isEmpty()) {
            plan(changed, gone);
        }
        for (Unit unit : gone) {
            remove(unit, again);
        }
        retry |= exchanges.make(units.values());
        units.values()
                .removeIf(unit -> unit.current().isEmpty() && unit.refused().isEmpty());
    }

    /** The versions in force. */
    List<Version> inForce() {
        return units.values().stream().flatMap(unit -> unit.current().stream()).toList();
    }

    /** Has what was refused tried again: it may be good with what has changed. */
    void tryRefusedAgain() {
        retry = true;
    }

    /** Whether routes are still to be loaded with settings that have changed. */
    boolean isChangingSettings() {
        return exchanges.isChangingSettings();
    }

    /** Those of these keys that cannot change now, since a run could see the old value and the new one. */
    Set<String> fixed(Set<String> keys) {
        Set<String> fixed = new TreeSet<>();
        for (String key : keys) {
            boolean seen = users(Set.of(key)).stream()
                    .anyMatch(unit -> unit.current().orElseThrow().asksWhileItRuns(key)
                            // Others call it, more than once in a run.
                            || unit.contents().inputs().stream().anyMatch(input -> input.startsWith("direct:")));
            if (seen) {
                fixed.add(key);
            }
        }
        return fixed;
    }

    /** Whether something else is to become of a unit that uses one of these keys. */
    boolean isBusyWith(Set<String> keys) {
        return users(keys).stream().anyMatch(unit -> unit.next().isPresent());
    }

    /** Why the units that use these keys would not load with such settings; empty if they would. */
    Optional<Problem> tryWith(Trial.Settings settings, Set<String> keys) {
        return SettingsTrial.problem(new Trial(context, settings), users(keys), units.values());
    }

    /**
     * Loads the units that use these keys again as soon as no run is under way in them.
     *
     * @param undo called if one of them does not start, before it is put in again as it was
     * @return the files that stay as they are, because something else of them is refused
     */
    List<String> loadAgainFor(Set<String> keys, Consumer<Problem> undo) {
        List<Unit> again = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (Unit unit : users(keys)) {
            if (unit.refused().isPresent()) {
                kept.add(unit.file().getFileName().toString());
                behind.add(unit);
            } else {
                if (unit.next().isEmpty()) {
                    unit.plan(new Unit.Next.Again());
                }
                again.add(unit);
            }
        }
        exchanges.forSettings(again, undo);
        return kept;
    }

    /** The units whose routes are made with one of these keys. */
    private List<Unit> users(Set<String> keys) {
        Set<String> kamelets = shipped.using(keys);
        Set<Unit> users = new LinkedHashSet<>();
        for (Unit unit : units.values()) {
            Optional<Version> version = unit.current();
            if (version.filter(text -> keys.stream().anyMatch(text::mentions)
                            || kamelets.stream().anyMatch(text::mentions))
                    .isPresent()) {
                users.add(unit);
                users.addAll(dependents(unit, version.get()));
            }
        }
        return List.copyOf(users);
    }

    private List<Unit> gone(Map<Path, Version> now) {
        return new ArrayList<>(units.values().stream()
                .filter(unit -> !now.containsKey(unit.file()))
                .toList());
    }

    private List<Version> changed(Map<Path, Version> now) {
        List<Version> changed = new ArrayList<>();
        now.forEach((file, version) -> {
            Unit unit = units.get(file);
            if (unit == null || !unit.knows(version)) {
                changed.add(version);
            }
        });
        // What others may need comes first.
        changed.sort(Comparator.comparing(version -> !version.mayDefine()));
        return changed;
    }

    /**
     * A file that is gone and one that is new are one file that was renamed if the new one has the content of the other, or a route
     * of its; nothing stops.
     */
    private void move(List<Unit> gone, List<Version> changed) {
        // Contents first: a refused content may have the id of another file's route.
        move(gone, changed, Unit::holds);
        move(gone, changed, (unit, version) -> unit.contents().routes().stream().anyMatch(version::hasId));
    }

    private void move(List<Unit> gone, List<Version> changed, BiPredicate<Unit, Version> isSame) {
        for (Unit unit : List.copyOf(gone)) {
            changed.stream()
                    .filter(version -> !units.containsKey(version.file()))
                    .filter(version -> isSame.test(unit, version))
                    .findFirst()
                    .ifPresent(version -> {
                        gone.remove(unit);
                        move(unit, version);
                        if (unit.knows(version)) {
                            changed.remove(version);
                        }
                    });
        }
    }

    private void move(Unit unit, Version version) {
        units.remove(unit.file());
        unit.current().ifPresent(before -> journal.renamed(before, version));
        unit.moveTo(version.file());
        units.put(unit.file(), unit);
    }

    private void plan(List<Version> changed, List<Unit> gone) {
        List<Version> tried = new ArrayList<>();
        for (Version version : changed) {
            Unit unit = units.computeIfAbsent(version.file(), Unit::new);
            if (version.isBlank()) {
                refuse(unit, version, Problem.of("The file is empty; delete it if its routes shall go."));
            } else if (unit.current().filter(version::equals).isPresent()
                    && !unit.loaded().routes().isEmpty()) {
                exchanges.release(unit);
                boolean forSettings = behind.remove(unit) || exchanges.isForSettings(unit);
                unit.unplan();
                if (forSettings) {
                    unit.plan(new Unit.Next.Again());
                }
            } else {
                tried.add(version);
            }
        }
        Map<Path, Tried> results = trial.run(known(tried, gone), candidates(tried, gone));
        Map<Version, Contents> good = new LinkedHashMap<>();
        for (Version version : tried) {
            Unit unit = units.get(version.file());
            Tried result = results.get(version.file());
            if (result instanceof Tried.Good fine) {
                good.put(version, fine.contents());
                unit.plan(new Unit.Next.Replace(version, fine.contents()));
            } else if (result instanceof Tried.Bad bad) {
                refuse(unit, version, bad.problem());
            }
        }
        refuseDuplicates(gone);
        good.forEach((version, contents) -> {
            if (units.get(version.file()).refused().isEmpty()) {
                loadDependentsAgain(units.get(version.file()), version);
            }
        });
    }

    /** The versions that others may need, without those that are tried anew or are gone. */
    private List<Version> known(List<Version> tried, List<Unit> gone) {
        return units.values().stream()
                .filter(unit -> !gone.contains(unit))
                .filter(unit ->
                        tried.stream().noneMatch(version -> version.file().equals(unit.file())))
                .flatMap(unit -> unit.wanted().stream())
                .filter(Version::mayDefine)
                .toList();
    }

    private List<Trial.Candidate> candidates(List<Version> tried, List<Unit> gone) {
        List<Trial.Candidate> candidates = new ArrayList<>();
        for (Version version : tried) {
            List<Version> dependents = dependents(units.get(version.file()), version).stream()
                    .filter(unit -> !gone.contains(unit))
                    .filter(unit ->
                            tried.stream().noneMatch(other -> other.file().equals(unit.file())))
                    .flatMap(unit -> unit.wanted().stream())
                    .filter(other -> !other.mayDefine())
                    .toList();
            candidates.add(new Trial.Candidate(version, dependents));
        }
        return candidates;
    }

    /** The other units whose routes are made of what the unit defines. */
    private List<Unit> dependents(Unit unit, Version version) {
        return units.values().stream()
                .filter(other -> other != unit)
                .filter(other -> other.current().isPresent())
                .filter(other -> unit.contents().isNeededBy(other.current().orElseThrow())
                        || unit.wantedContents().isNeededBy(other.current().orElseThrow())
                        || version.kamelet()
                                .filter(other.current().orElseThrow()::mentions)
                                .isPresent())
                .toList();
    }

    private void loadDependentsAgain(Unit unit, Version version) {
        for (Unit dependent : dependents(unit, version)) {
            if (dependent.next().isEmpty() && dependent.refused().isEmpty()) {
                dependent.plan(new Unit.Next.Again());
            }
        }
    }

    /** Refuses of all versions that are planned those that hold what another has; with each that is refused others may be wrong too. */
    private void refuseDuplicates(List<Unit> gone) {
        boolean refused = true;
        while (refused) {
            refused = false;
            for (Unit unit : units.values()) {
                if (unit.next().orElse(null) instanceof Unit.Next.Replace replace) {
                    Optional<Problem> problem = duplicate(unit, replace, gone);
                    problem.ifPresent(what -> refuse(unit, replace.version(), what));
                    refused |= problem.isPresent();
                }
            }
        }
    }

    private Optional<Problem> duplicate(Unit unit, Unit.Next.Replace replace, List<Unit> gone) {
        return units.values().stream()
                .filter(other -> other != unit && !gone.contains(other))
                .filter(other -> !precedes(unit, replace, other))
                .flatMap(other ->
                        Duplicates.of(replace.version(), replace.contents(), other.file(), other.wantedContents())
                                .stream())
                .findFirst();
    }

    /** Whether the unit keeps what both want: it has it already and the other has not, or neither has and its name is the first. */
    private static boolean precedes(Unit unit, Unit.Next.Replace replace, Unit other) {
        boolean mine = Duplicates.of(replace.version(), replace.contents(), unit.file(), unit.contents())
                .isPresent();
        boolean others = Duplicates.of(replace.version(), replace.contents(), other.file(), other.contents())
                .isPresent();
        boolean newcomer = other.next().orElse(null) instanceof Unit.Next.Replace;
        return newcomer && !others && (mine || unit.file().compareTo(other.file()) < 0);
    }

    private void refuse(Unit unit, Version version, Problem problem) {
        exchanges.release(unit);
        if (exchanges.isForSettings(unit)) {
            behind.add(unit);
        }
        unit.refuse(new Unit.Refused(Optional.of(version), problem));
        journal.refused(version, problem, unit.current());
    }

    private void remove(Unit unit, boolean again) {
        boolean planned = unit.next().filter(Unit.Next.Remove.class::isInstance).isPresent();
        boolean refusedBefore =
                unit.refused().filter(refused -> refused.version().isEmpty()).isPresent();
        if (planned || (refusedBefore && !again)) {
            return;
        }
        if (unit.current().isEmpty()) {
            units.remove(unit.file());
            return;
        }
        Version version = unit.current().orElseThrow();
        Optional<Problem> problem = neededBy(unit, version);
        if (problem.isEmpty()) {
            loadDependentsAgain(unit, version);
            unit.plan(new Unit.Next.Remove());
            return;
        }
        unit.refuse(new Unit.Refused(Optional.empty(), problem.get()));
        journal.deletionRefused(version, problem.get());
    }

    /** Why the file cannot go: what would not load without it. */
    private Optional<Problem> neededBy(Unit unit, Version version) {
        List<Version> users = dependents(unit, version).stream()
                .flatMap(other -> other.wanted().stream())
                .toList();
        if (users.isEmpty()) {
            return Optional.empty();
        }
        List<Version> known = units.values().stream()
                .filter(other -> other != unit)
                .flatMap(other -> other.wanted().stream())
                .filter(other -> other.mayDefine() && !users.contains(other))
                .toList();
        Map<Path, Tried> results = trial.run(
                known,
                users.stream().map(user -> new Trial.Candidate(user, List.of())).toList());
        return users.stream()
                .filter(user -> results.get(user.file()) instanceof Tried.Bad)
                .map(user -> Problem.of(user.file().getFileName() + " needs it: "
                        + ((Tried.Bad) results.get(user.file())).problem().message()))
                .findFirst();
    }
}
