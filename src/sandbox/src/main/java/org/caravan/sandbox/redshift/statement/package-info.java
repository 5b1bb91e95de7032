/** What becomes of each statement: refused as Redshift refuses it, or rewritten for PostgreSQL. */
package org.caravan.sandbox.redshift.statement;
