package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * One time at which a pipeline is to run, once in a cluster; immutable.
 *
 * @param key what tells it from the pipeline's other times
 * @param follows the runs of other pipelines that it comes after, by their pipelines
 */
public record Fire(String pipeline, String key, Instant due, Map<String, RunId> follows) {
    public Fire {
        requireNonNull(pipeline, "pipeline");
        requireNonNull(key, "key");
        requireNonNull(due, "due");
        follows = Map.copyOf(follows);
    }

    /** A time of a timetable. */
    public static Fire at(String pipeline, Instant due) {
        return new Fire(pipeline, due.toString(), due, Map.of());
    }

    @Override
    public String toString() {
        return follows.isEmpty() ? "due at " + due : "due after " + follows;
    }
}
