/** COPY: its grammar, its files in S3, and the rows that it feeds to PostgreSQL. */
package org.caravan.sandbox.redshift.copy;
