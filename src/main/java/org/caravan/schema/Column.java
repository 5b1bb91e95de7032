package org.caravan.schema;

import static java.util.Objects.requireNonNull;

/** A named, typed column; immutable. Whether it allows NULL is what the source says; unknown counts as yes. */
public record Column(String name, ColumnType type, boolean nullable) {
    public Column {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A column must have a name; give the expression an alias in the SQL");
        }
    }
}
