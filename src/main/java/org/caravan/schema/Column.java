package org.caravan.schema;

import static java.util.Objects.requireNonNull;

/**
 * A named, typed column; immutable. Whether it allows NULL is what the source says; unknown counts as yes.
 *
 * @param storage how the table that is spoken of holds the values; as they are unless it is a staging table
 */
public record Column(String name, ColumnType type, boolean nullable, Storage storage) {
    public Column {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(storage, "storage");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A column must have a name; give the expression an alias in the SQL");
        }
    }

    public Column(String name, ColumnType type, boolean nullable) {
        this(name, type, nullable, Storage.AS_IS);
    }

    /** The same column in a table that holds it otherwise. */
    public Column in(Storage other) {
        return new Column(name, type, nullable, other);
    }
}
