package org.caravan.format;

/** How a point in time is written as text; always in UTC. */
public enum InstantForm {
    /** With {@code +00} at its end, the form that COPY's default TIMEFORMAT has for TIMESTAMPTZ columns. */
    OFFSET,
    /** Without, for a TIMESTAMP column that holds UTC; the file itself does not say so. */
    UTC
}
