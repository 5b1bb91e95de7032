package org.caravan.source;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.caravan.schema.ColumnType;

/**
 * What a route says of one column of its query; immutable.
 *
 * @param type its type instead of the one that follows from the source's
 * @param rename its name instead of the source's
 * @param onOverflow what becomes of a value that the type cannot hold
 * @param nul what becomes of NUL characters in text
 */
public record ColumnOverride(Optional<ColumnType> type, Optional<String> rename, OverflowRule onOverflow, NulRule nul) {
    /** Says nothing. */
    public static final ColumnOverride NONE =
            new ColumnOverride(Optional.empty(), Optional.empty(), OverflowRule.FAIL, NulRule.FAIL);

    public ColumnOverride {
        requireNonNull(type, "type");
        requireNonNull(rename, "rename");
        requireNonNull(onOverflow, "onOverflow");
        requireNonNull(nul, "nul");
    }
}
