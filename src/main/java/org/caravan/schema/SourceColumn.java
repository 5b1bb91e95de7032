package org.caravan.schema;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A column of a query's result and what Caravan makes of it; immutable.
 *
 * @param name the name as the source gives it
 * @param type the source's own name of its type, such as {@code numeric(12,2)} or {@code jsonb}
 * @param column what it is from there on, by default or as the route says
 * @param note how the type is carried where that is not plain, such as "as the text that PostgreSQL shows"
 * @param loss what of a value may change on the way, because the route allows it; empty if every value arrives or is refused
 */
public record SourceColumn(String name, String type, Column column, Optional<String> note, Optional<String> loss) {
    public SourceColumn {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(column, "column");
        requireNonNull(note, "note");
        requireNonNull(loss, "loss");
    }
}
