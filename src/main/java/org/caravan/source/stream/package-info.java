/** Batches between whoever reads rows and whoever takes them. */
package org.caravan.source.stream;
