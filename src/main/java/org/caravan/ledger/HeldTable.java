package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import org.caravan.schema.Columns;
import org.caravan.schema.TableName;

/** A table that holds a run's rows: its columns as they are there, and which of its rows are the run's; immutable. */
record HeldTable(TableName name, Columns columns, Scope scope) {
    HeldTable {
        requireNonNull(name, "name");
        requireNonNull(columns, "columns");
        requireNonNull(scope, "scope");
    }
}
