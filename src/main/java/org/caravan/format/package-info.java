/** One streaming encoder per file format, each with its Camel data format. Knows nothing of S3 or Redshift. */
package org.caravan.format;
