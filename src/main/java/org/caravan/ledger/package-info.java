/**
 * Runs, their steps, parts and outcomes. A run lives in memory for as long as its exchange; a {@link org.caravan.ledger.Ledger} keeps
 * it beyond the process, and lets no two runs of a pipeline be under way at once.
 */
package org.caravan.ledger;
