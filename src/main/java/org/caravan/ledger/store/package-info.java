/** The ledger in a database: H2 in a file of this machine, or PostgreSQL for several. Knows nothing of Camel. */
package org.caravan.ledger.store;
