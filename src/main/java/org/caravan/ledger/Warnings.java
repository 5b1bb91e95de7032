package org.caravan.ledger;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The warnings of a run, in the order in which they came. Thread-safe. */
public final class Warnings {
    private final List<Warning> list = new CopyOnWriteArrayList<>();

    /** Adds a warning. */
    public void add(Warning warning) {
        list.add(warning);
    }

    /** The warnings so far. */
    public List<Warning> list() {
        return List.copyOf(list);
    }
}
