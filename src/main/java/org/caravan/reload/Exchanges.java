package org.caravan.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.model.ModelCamelContext;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges versions in the Camel that works: takes out what is in force when no run is under way in it, puts the new version in, and
 * if that fails the one before again. One thread.
 */
final class Exchanges {
    private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);

    private final LiveRoutes live;
    private final Schedules schedules;
    private final Journal journal;
    /** The units that are loaded again for new settings, and what is to be done if one of them fails. */
    private final Set<Unit> forSettings = new HashSet<>();

    private Consumer<Problem> undoSettings = problem -> {};

    Exchanges(ModelCamelContext context, Journal journal) {
        this.live = new LiveRoutes(context);
        this.schedules = new Schedules(context);
        this.journal = journal;
    }

    /** Notes that settings have changed for these units, and how that is undone if one of them fails to start with them. */
    void forSettings(Collection<Unit> changing, Consumer<Problem> undo) {
        forSettings.clear();
        forSettings.addAll(changing);
        undoSettings = undo;
    }

    /** Whether this unit is still to be loaded with new settings. */
    boolean isForSettings(Unit unit) {
        return forSettings.contains(unit);
    }

    /** Whether a unit is still to be loaded with new settings. */
    boolean isChangingSettings() {
        return !forSettings.isEmpty();
    }

    /**
     * Makes the exchanges that are planned, as far as no run is under way.
     *
     * @return whether any was made
     */
    boolean make(Collection<Unit> units) {
        boolean made = false;
        for (Unit unit : List.copyOf(units)) {
            if (unit.next().isPresent()) {
                List<Unit> group = group(unit, units);
                made |= !isInTheWay(group, units) && make(group);
            }
        }
        forSettings.removeIf(unit -> unit.next().isEmpty());
        return made;
    }

    /** The unit, and those that have what its next version needs: one takes a route over from the other. */
    private static List<Unit> group(Unit unit, Collection<Unit> units) {
        List<Unit> group = new ArrayList<>(List.of(unit));
        for (int index = 0; index < group.size(); index++) {
            Unit member = group.get(index);
            if (member.next().orElse(null) instanceof Unit.Next.Replace replace) {
                units.stream()
                        .filter(other -> !group.contains(other) && other.next().isPresent())
                        .filter(other -> Duplicates.of(
                                        replace.version(), replace.contents(), other.file(), other.contents())
                                .isPresent())
                        .forEach(group::add);
            }
        }
        return group;
    }

    /** Whether a unit that stays has what one of the group is to have: Camel would let the one replace the other. */
    private static boolean isInTheWay(List<Unit> group, Collection<Unit> units) {
        return group.stream()
                .filter(member -> member.next().orElse(null) instanceof Unit.Next.Replace)
                .anyMatch(member -> units.stream()
                        .filter(other -> !group.contains(other))
                        .anyMatch(other -> Duplicates.of(
                                        member.wanted().orElseThrow(),
                                        member.wantedContents(),
                                        other.file(),
                                        other.contents())
                                .isPresent()));
    }

    private boolean make(List<Unit> group) {
        try {
            if (!isIdle(group)) {
                return false;
            }
            prepare(group);
            schedules.pause();
            try {
                return exchange(group);
            } finally {
                schedules.resume();
            }
        } catch (Exception e) {
            LOG.error("The change of {} failed", group.get(0).file(), e);
            return false;
        }
    }

    private void prepare(List<Unit> group) throws SchedulerException {
        boolean scheduled =
                group.stream().anyMatch(unit -> unit.wantedContents().scheduled());
        if (scheduled) {
            schedules.prepare();
        }
    }

    /** Whether no run is under way; the triggers are held until then, so that none begins. */
    private boolean isIdle(List<Unit> group) throws SchedulerException {
        boolean idle = true;
        for (Unit unit : group) {
            unit.hold(schedules.hold(unit.loaded().routeIds()));
        }
        for (Unit unit : group) {
            int running = live.running(unit.loaded());
            if (running > 0 || schedules.isUnderWay(unit.held())) {
                idle = false;
                if (unit.beginsToWait()) {
                    journal.waits(unit.current().orElseThrow(), Math.max(1, running));
                }
            }
        }
        return idle;
    }

    private boolean exchange(List<Unit> group) throws Exception {
        Map<Unit, Schedules.Held> held = new LinkedHashMap<>();
        for (Unit unit : group) {
            if (!live.remove(unit.loaded())) {
                for (Unit out : held.keySet()) {
                    restore(out, held.get(out));
                }
                return false;
            }
            held.put(unit, unit.held());
            schedules.replace(unit.held());
            unit.isOut();
        }
        Map<Unit, Loaded> loaded = new LinkedHashMap<>();
        // One may take a trigger over from another.
        Schedules.Held all = Schedules.Held.of(held.values());
        for (Unit unit : group) {
            Optional<Version> version = unit.wanted();
            if (version.isPresent()) {
                try {
                    Loaded now = live.add(version.get());
                    loaded.put(unit, now);
                    schedules.handOver(all, now.routeIds());
                } catch (Exception e) {
                    failed(unit, version.get(), e, loaded, held);
                    // Not made: what was refused is not to be tried again for this.
                    return false;
                }
            }
        }
        group.forEach(unit -> done(unit, loaded.getOrDefault(unit, Loaded.NOTHING)));
        return true;
    }

    private void done(Unit unit, Loaded loaded) {
        Unit.Next next = unit.next().orElseThrow();
        if (next instanceof Unit.Next.Replace replace) {
            unit.isLive(replace.version(), replace.contents(), loaded);
            journal.accepted(replace.version(), loaded.routeIds());
        } else if (next instanceof Unit.Next.Again) {
            unit.isLive(unit.current().orElseThrow(), unit.contents(), loaded);
        } else {
            journal.removed(
                    unit.current().orElseThrow(), List.copyOf(unit.contents().routes()));
            unit.isRemoved();
        }
    }

    /** All versions of the group as before: what is in is taken out again, and the old ones are put in. */
    private void failed(
            Unit failed, Version version, Exception error, Map<Unit, Loaded> loaded, Map<Unit, Schedules.Held> held)
            throws Exception {
        LOG.debug("{} does not load", version.file(), error);
        for (Loaded part : loaded.values()) {
            live.removeNow(part);
        }
        Problem problem = ErrorLines.problem(error, version);
        if (held.keySet().stream().anyMatch(forSettings::contains)) {
            forSettings.clear();
            undoSettings.accept(new Problem(
                    version.file().getFileName() + " does not start with it: " + problem.message(), problem.line()));
        }
        for (Unit unit : held.keySet()) {
            Optional<Unit.Next> next = unit.next();
            restore(unit, held.get(unit));
            if (next.orElse(null) instanceof Unit.Next.Replace replace) {
                Problem reason = unit == failed
                        ? problem
                        : Problem.of("It goes together with " + failed.file().getFileName() + ", which is refused.");
                unit.refuse(new Unit.Refused(Optional.of(replace.version()), reason));
                journal.refused(replace.version(), reason, unit.current());
            }
        }
    }

    private void restore(Unit unit, Schedules.Held held) {
        if (unit.current().isEmpty()) {
            return;
        }
        Version version = unit.current().orElseThrow();
        try {
            Loaded again = live.add(version);
            schedules.handOver(held, again.routeIds());
            Optional<Unit.Next> next = unit.next();
            unit.isLive(version, unit.contents(), again);
            next.filter(planned -> !(planned instanceof Unit.Next.Again)).ifPresent(unit::plan);
        } catch (Exception e) {
            // It was good before: something outside has changed. It is tried again.
            LOG.error("{} cannot be put in again, its routes are gone", version.file(), e);
            Problem problem = ErrorLines.problem(e, version);
            unit.refuse(new Unit.Refused(Optional.of(version), problem));
        }
    }

    /** Lets the triggers of a unit go on that waited for an exchange which is not made any more. */
    void release(Unit unit) {
        try {
            schedules.release(unit.held());
            unit.hold(Schedules.Held.NONE);
        } catch (SchedulerException e) {
            LOG.error("The triggers of {} do not go on", unit.file(), e);
        }
    }
}
