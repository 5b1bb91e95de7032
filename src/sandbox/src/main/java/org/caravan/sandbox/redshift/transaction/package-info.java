/** Transactions as Redshift has them: locks of whole tables, and the serializable isolation that is checked table by table. */
package org.caravan.sandbox.redshift.transaction;
