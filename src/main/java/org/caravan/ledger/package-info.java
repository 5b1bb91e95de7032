/**
 * Runs, their steps, parts and outcomes. A run lives in memory for as long as its exchange; keeping runs, locks, watermarks and
 * certificates beyond the process is not built yet, and this is its place.
 */
package org.caravan.ledger;
