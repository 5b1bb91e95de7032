package org.caravan.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The times at which a pipeline runs: a cron expression in a time zone, with what holds where the zone's clocks are changed, and
 * windows that are left out; immutable.
 */
record Timetable(Cron cron, ZoneId zone, DstGap gap, DstOverlap overlap, Blackout blackout) {
    private static final int FAR_DAYS = 2;
    /** How many windows in which a time falls are left out before the search is given up. */
    private static final int MOST_WINDOWS = 5_000;

    private static final List<Duration> LOOKS_BACK = List.of(
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofDays(32),
            Duration.ofDays(370),
            Duration.ofDays(8 * 370));

    Timetable {
        requireNonNull(cron, "cron");
        requireNonNull(zone, "zone");
        requireNonNull(gap, "gap");
        requireNonNull(overlap, "overlap");
        requireNonNull(blackout, "blackout");
    }

    /** A timetable with the usual rules for changes of the clocks: a cron of every hour goes by the time that passes. */
    static Timetable of(Cron cron, ZoneId zone) {
        return new Timetable(cron, zone, DstGap.SHIFT, usualOverlap(cron), Blackout.NONE);
    }

    static DstOverlap usualOverlap(Cron cron) {
        return cron.isEveryHour() ? DstOverlap.TWICE : DstOverlap.ONCE;
    }

    /** The next times after another, at most so many. */
    List<Instant> after(Instant time, int count) {
        List<Instant> found = new ArrayList<>();
        Optional<Instant> next = after(time);
        while (next.isPresent() && found.size() < count) {
            found.add(next.get());
            next = after(next.get());
        }
        return List.copyOf(found);
    }

    /** The first time after another; empty if there is none any more. */
    Optional<Instant> after(Instant time) {
        Optional<Instant> found = afterAnywhere(time);
        for (int i = 0; i < MOST_WINDOWS && found.isPresent(); i++) {
            Optional<Instant> end = blackoutEnd(found.get());
            if (end.isEmpty()) {
                return found;
            }
            found = afterAnywhere(end.get().minusSeconds(1));
        }
        return Optional.empty();
    }

    /** When the blackout is over that holds at a time, if one does. */
    Optional<Instant> blackoutEnd(Instant time) {
        return blackout.end(LocalDateTime.ofInstant(time, zone))
                .map(end -> end.atZone(zone).toInstant())
                .map(end -> end.isAfter(time) ? end : time.plusSeconds(1));
    }

    /** The last time not after another; empty if there is none for years. */
    Optional<Instant> atOrBefore(Instant time) {
        for (Duration back : LOOKS_BACK) {
            Optional<Instant> last = Optional.empty();
            Optional<Instant> next = after(time.minus(back));
            while (next.isPresent() && !next.get().isAfter(time)) {
                last = next;
                next = after(next.get());
            }
            if (last.isPresent()) {
                return last;
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> afterAnywhere(Instant time) {
        ZoneRules rules = zone.getRules();
        Instant from = time.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        while (true) {
            Segment segment = Segment.around(rules, from);
            Optional<LocalDateTime> local = cron.atOrAfter(first(segment, from));
            Optional<Instant> found = Stream.concat(
                            shifted(segment, from).stream(),
                            local.filter(segment::holds).map(at -> at.toInstant(segment.offset())).stream())
                    .min(Instant::compareTo);
            if (found.isPresent()) {
                return found;
            }
            if (segment.end().isEmpty()
                    || (local.isEmpty() && segment.end().get().isGap())) {
                return Optional.empty();
            }
            Instant end = segment.end().get().getInstant();
            from = local.map(at -> at.minusDays(FAR_DAYS).toInstant(ZoneOffset.UTC))
                    .filter(end::isBefore)
                    .orElse(end);
        }
    }

    /** Where to look in a segment: behind what was there already, if it does not come twice. */
    private LocalDateTime first(Segment segment, Instant from) {
        LocalDateTime local = LocalDateTime.ofEpochSecond(from.getEpochSecond(), 0, segment.offset());
        return segment.begin()
                .filter(change -> change.isOverlap() && overlap == DstOverlap.ONCE)
                .map(ZoneOffsetTransition::getDateTimeBefore)
                .filter(local::isBefore)
                .orElse(local);
    }

    /** The first time of the gap before a segment, put off into the segment. */
    private Optional<Instant> shifted(Segment segment, Instant from) {
        if (gap == DstGap.SKIP) {
            return Optional.empty();
        }
        return segment.begin().filter(ZoneOffsetTransition::isGap).flatMap(change -> {
            LocalDateTime local = LocalDateTime.ofEpochSecond(from.getEpochSecond(), 0, change.getOffsetBefore());
            if (!local.isBefore(change.getDateTimeAfter())) {
                return Optional.empty();
            }
            return cron.atOrAfter(local)
                    .filter(at -> at.isBefore(change.getDateTimeAfter()))
                    .map(at -> at.toInstant(change.getOffsetBefore()));
        });
    }

    /**
     * A stretch of time in which the clocks are not changed.
     *
     * @param begin the change at its beginning, if there was ever one
     * @param end the change at its end, which is behind it
     */
    private record Segment(
            Optional<ZoneOffsetTransition> begin, ZoneOffset offset, Optional<ZoneOffsetTransition> end) {
        static Segment around(ZoneRules rules, Instant time) {
            return new Segment(
                    Optional.ofNullable(rules.previousTransition(time.plusNanos(1))),
                    rules.getOffset(time),
                    Optional.ofNullable(rules.nextTransition(time)));
        }

        boolean holds(LocalDateTime local) {
            return end.map(change -> local.isBefore(change.getDateTimeBefore())).orElse(true);
        }
    }
}
