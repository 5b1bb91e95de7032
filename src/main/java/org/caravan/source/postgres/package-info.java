/** The fast path for PostgreSQL: {@code COPY (query) TO STDOUT}, decoded into batches without an object per value. */
package org.caravan.source.postgres;
