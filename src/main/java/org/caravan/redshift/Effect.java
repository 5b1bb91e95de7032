package org.caravan.redshift;

/** How many rows of the target a publication changed, and how many the target has now; immutable. */
record Effect(long inserted, long updated, long deleted, long rowsAfter) {}
