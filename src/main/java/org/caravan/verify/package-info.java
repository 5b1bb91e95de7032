/**
 * What is known of a set of rows: computed from the very rows encoded, asked of each engine in SQL, and compared. The order-free
 * digest of all values is not built yet, and this is its place; until then it is counts, NULLs, extremes and exact sums.
 */
package org.caravan.verify;
