package org.caravan.schedule;

import static java.util.Objects.requireNonNull;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * When a pipeline runs: by a timetable, or after others; immutable.
 *
 * @param group the group that it is in, or empty
 * @param after the pipelines that it follows, and the groups, with {@code group:} before them
 * @param blackout when it does not start
 * @param zone the zone of the blackout
 */
record Plan(
        String pipeline,
        Optional<Timetable> timetable,
        Misfire misfire,
        String group,
        Set<String> after,
        Blackout blackout,
        ZoneId zone) {
    /** What stands before a group among the pipelines that one follows. */
    static final String GROUP = "group:";

    Plan {
        requireNonNull(pipeline, "pipeline");
        requireNonNull(timetable, "timetable");
        requireNonNull(misfire, "misfire");
        requireNonNull(group, "group");
        requireNonNull(blackout, "blackout");
        requireNonNull(zone, "zone");
        after = Set.copyOf(after);
    }
}
