/** One streaming encoder per file format, each with its Camel data format. Knows nothing of S3, Redshift or parts' names. */
package org.caravan.format;
