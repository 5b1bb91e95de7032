/** Stands in for Amazon S3. */
package org.caravan.sandbox.s3;
