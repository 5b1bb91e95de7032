package org.caravan.source.split;

/** Which state of the source the slices of a query are read from. */
public enum Consistency {
    /** One state for all of them, or the run fails. */
    SNAPSHOT,
    /** One state where the source can give it, else whatever each connection sees: rows that change meanwhile may be missed or repeated. */
    NONE
}
