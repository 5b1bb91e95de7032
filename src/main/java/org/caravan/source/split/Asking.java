package org.caravan.source.split;

/** What may be asked of the source to find the slices. */
public enum Asking {
    /** Whatever is needed: the query runs to find a column's least and greatest value. */
    BOUNDS,
    /** Nothing that runs the query: bounds are shown as {@code :bound1} and so on. */
    DESCRIPTION
}
