package org.caravan.source;

import java.util.Optional;
import org.caravan.schema.ColumnType;

/**
 * What becomes of a source's type unless the route says otherwise; immutable.
 *
 * @param reading how the driver gives the values
 * @param type what they are from there on; empty if that must be said, or the SQL changed
 * @param problem why it must be said and the choices, if there is no type
 * @param note how the type is carried where that is not plain
 */
record SourceType(Reading reading, Optional<ColumnType> type, Optional<String> problem, Optional<String> note) {
    static SourceType carried(Reading reading, ColumnType type) {
        return new SourceType(reading, Optional.of(type), Optional.empty(), Optional.empty());
    }

    /** A type for which the route or the SQL must say what is wanted. */
    static SourceType undecided(Reading reading, String problem) {
        return new SourceType(reading, Optional.empty(), Optional.of(problem), Optional.empty());
    }

    SourceType noted(String text) {
        return new SourceType(reading, type, problem, Optional.of(text));
    }
}
