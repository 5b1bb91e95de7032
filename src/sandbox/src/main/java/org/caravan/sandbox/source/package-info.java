/** The source database: TPC-H, and a customer table of every awkward type. */
package org.caravan.sandbox.source;
