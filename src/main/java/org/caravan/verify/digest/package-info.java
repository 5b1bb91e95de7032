/**
 * The digest of a set of rows: the same figures from column batches in Java, from Redshift SQL and from Spark SQL. The
 * specification, with its reasons and test vectors, is {@code docs/reference/digest.md}.
 */
package org.caravan.verify.digest;
