package org.caravan.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.schema.ColumnType;

/** What of a column's values may change on the way, because its route allows it. Stateless. */
final class Losses {
    private Losses() {}

    static Optional<String> of(ColumnType type, ColumnOverride override) {
        List<String> losses = new ArrayList<>();
        if (override.onOverflow() == OverflowRule.TRUNCATE && type instanceof ColumnType.Text text) {
            losses.add("text of more than " + text.maxBytes() + " bytes is cut");
        }
        if (override.onOverflow() == OverflowRule.NULL) {
            losses.add("a value that does not fit becomes NULL");
        }
        switch (override.nul()) {
            case FAIL -> {}
            case REMOVE -> losses.add("NUL characters are left out");
            case REPLACE -> losses.add("NUL characters become U+FFFD");
            case NULL -> losses.add("text with a NUL character becomes NULL");
        }
        if (type instanceof ColumnType.Super) {
            losses.add(
                    "JSON keeps its meaning, not its blanks, the order of its names, names that are repeated, or more of a"
                            + " number than SUPER holds");
        }
        return losses.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", losses));
    }
}
