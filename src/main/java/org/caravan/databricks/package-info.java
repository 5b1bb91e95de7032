/** Reading through Databricks: the foreign catalog that shows the Redshift database, and its metadata. */
package org.caravan.databricks;
