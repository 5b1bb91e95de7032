/** Parts, keys and the manifest: how a stream of rows becomes files in Amazon S3, whole or not at all. */
package org.caravan.stage;
