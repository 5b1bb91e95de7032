/**
 * Loading into Amazon Redshift: the run's own staging table, one COPY over one manifest, and the transaction that makes a run
 * visible. Knows nothing of Camel except in its component classes.
 */
package org.caravan.redshift;
