/**
 * What is known of a set of rows: computed from the very rows encoded, asked of each engine in SQL, and compared. Counts, NULLs,
 * extremes and exact sums always; the order-free digest of all values, which is in the package {@code digest}, where a setting asks
 * an engine for it.
 */
package org.caravan.verify;
