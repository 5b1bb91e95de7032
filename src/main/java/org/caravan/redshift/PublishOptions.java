package org.caravan.redshift;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * How a run is to be published; immutable.
 *
 * @param keys the columns by which merge tells rows apart
 * @param partition the column whose values replace-partition replaces
 * @param schemaChange how far the target may follow the result's columns
 * @param lockWait how long each lock is waited for
 */
record PublishOptions(
        Mode mode,
        List<String> keys,
        WhenMatched whenMatched,
        WhenMissing whenMissing,
        String partition,
        OldTable oldTable,
        BoundViews views,
        Analyze analyze,
        SchemaChange schemaChange,
        Duration lockWait) {
    PublishOptions {
        keys = List.copyOf(keys);
        requireNonNull(partition, "partition");
    }

    /** How the target's rows change. */
    enum Mode {
        REPLACE,
        SWAP,
        APPEND,
        MERGE,
        REPLACE_PARTITION;

        /** The name as routes say it. */
        String label() {
            return Words.label(this);
        }
    }

    /** What merge does with a row whose key the target has. */
    enum WhenMatched {
        UPDATE,
        IGNORE
    }

    /** What merge does with a row of the target whose key the run has not. */
    enum WhenMissing {
        KEEP,
        DELETE
    }

    /** What swap does with the table that it replaces. */
    enum OldTable {
        DROP,
        KEEP
    }

    /** What swap does if views are bound to the table that it replaces. */
    enum BoundViews {
        REFUSE,
        LEAVE
    }

    /** For which columns statistics are renewed. */
    enum Analyze {
        PREDICATES,
        ALL,
        NONE
    }
}
