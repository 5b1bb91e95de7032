package org.caravan.reload;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A file that is watched: the version in force, and what becomes of it. One thread. */
final class Unit {
    private Path file;
    private Optional<Version> current = Optional.empty();
    private Contents contents = Contents.NONE;
    private Loaded loaded = Loaded.NOTHING;
    private Optional<Next> next = Optional.empty();
    private Optional<Refused> refused = Optional.empty();
    private Schedules.Held held = Schedules.Held.NONE;
    private Instant refusedAt = Instant.MIN;
    private boolean waiting;
    private Instant since = Instant.now();

    /** What is to become of the unit as soon as no run is under way in it. */
    sealed interface Next {
        /** A new version takes the place of the one in force. */
        record Replace(Version version, Contents contents) implements Next {}

        /** The version in force is loaded once more, since what it uses is new. */
        record Again() implements Next {}

        /** The file is deleted. */
        record Remove() implements Next {}
    }

    /** A version, or with none the deletion of the file, that is refused. */
    record Refused(Optional<Version> version, Problem problem) {}

    Unit(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    Optional<Version> current() {
        return current;
    }

    Contents contents() {
        return contents;
    }

    Loaded loaded() {
        return loaded;
    }

    Optional<Next> next() {
        return next;
    }

    Optional<Refused> refused() {
        return refused;
    }

    Schedules.Held held() {
        return held;
    }

    void hold(Schedules.Held triggers) {
        held = triggers;
    }

    /** Notes that a run keeps the next version waiting; true the first time. */
    boolean beginsToWait() {
        boolean first = !waiting;
        if (first) {
            waiting = true;
            since = Instant.now();
        }
        return first;
    }

    /** Whether a version was refused so long ago, and nothing runs in its place: what it lacked may be there by now. */
    boolean isWorthAnotherTry(Duration after) {
        return refused.isPresent()
                && loaded.routes().isEmpty()
                && !refusedAt.plus(after).isAfter(Instant.now());
    }

    /** Whether the content was looked at already: it is in force, waits, or is refused. */
    boolean knows(Version version) {
        if (refused.isPresent()) {
            return refused.get().version().filter(version::equals).isPresent();
        }
        return version.equals(wanted().orElse(null));
    }

    /** The version that is or will be in force; empty if the unit is to go or never had a good one. */
    Optional<Version> wanted() {
        if (next.isPresent()) {
            if (next.get() instanceof Next.Replace replace) {
                return Optional.of(replace.version());
            }
            if (next.get() instanceof Next.Remove) {
                return Optional.empty();
            }
        }
        return current;
    }

    /** What is or will be loaded of the unit. */
    Contents wantedContents() {
        if (next.isPresent()) {
            if (next.get() instanceof Next.Replace replace) {
                return replace.contents();
            }
            if (next.get() instanceof Next.Remove) {
                return Contents.NONE;
            }
        }
        return contents;
    }

    void plan(Next planned) {
        next = Optional.of(planned);
        refused = Optional.empty();
        waiting = false;
    }

    /** The file is as it was: nothing is to be done. */
    void unplan() {
        next = Optional.empty();
        refused = Optional.empty();
        waiting = false;
        since = Instant.now();
    }

    void refuse(Refused what) {
        next = Optional.empty();
        refused = Optional.of(what);
        refusedAt = Instant.now();
        waiting = false;
        since = Instant.now();
    }

    void isLive(Version version, Contents what, Loaded how) {
        current = Optional.of(version);
        contents = what;
        loaded = how;
        next = Optional.empty();
        waiting = false;
        held = Schedules.Held.NONE;
        since = Instant.now();
    }

    /** Nothing of it is loaded just now. */
    void isOut() {
        loaded = Loaded.NOTHING;
        held = Schedules.Held.NONE;
    }

    /** The file is gone, and all that was loaded of it. */
    void isRemoved() {
        isOut();
        current = Optional.empty();
        contents = Contents.NONE;
        next = Optional.empty();
    }

    /** The file has another name now. */
    void moveTo(Path other) {
        file = other;
        current = current.map(version -> version.movedTo(other));
        refused =
                refused.map(what -> new Refused(what.version().map(version -> version.movedTo(other)), what.problem()));
        if (next.orElse(null) instanceof Next.Replace replace) {
            next = Optional.of(new Next.Replace(replace.version().movedTo(other), replace.contents()));
        }
        since = Instant.now();
    }

    /** Whether the file held this content last. */
    boolean holds(Version version) {
        return refused.flatMap(Refused::version)
                .or(() -> next.isPresent() && next.get() instanceof Next.Remove ? current : wanted())
                .filter(version::hasContentOf)
                .isPresent();
    }

    FileState state(RouteFolder folder) {
        FileState.Status status = refused.isPresent()
                ? FileState.Status.REFUSED
                : next.isPresent() ? FileState.Status.WAITING : FileState.Status.LIVE;
        Optional<String> other = refused.isPresent()
                ? refused.flatMap(Refused::version).map(Version::hash)
                : next.isPresent() ? wanted().map(Version::hash) : Optional.empty();
        return new FileState(
                folder.name(file), status, current.map(Version::hash), other, refused.map(Refused::problem), since);
    }
}
