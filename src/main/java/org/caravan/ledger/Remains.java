package org.caravan.ledger;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.caravan.schema.TableName;

/** The tables that a run has made and that are not dropped yet. Thread-safe. */
public final class Remains {
    private final Set<TableName> tables = new LinkedHashSet<>();

    Remains() {}

    public synchronized void add(TableName table) {
        tables.add(table);
    }

    public synchronized void remove(TableName table) {
        tables.remove(table);
    }

    public synchronized List<TableName> tables() {
        return List.copyOf(tables);
    }
}
