/** UNLOAD: its grammar, and the files that it writes to S3. */
package org.caravan.sandbox.redshift.unload;
