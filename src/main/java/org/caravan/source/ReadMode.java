package org.caravan.source;

/** How the rows of a query are fetched; the values are the same. */
public enum ReadMode {
    /** By COPY where the source is PostgreSQL and COPY can take the query, else through a result set. */
    AUTO,
    /** By PostgreSQL's COPY; the run fails where it cannot serve, and says why. */
    COPY,
    /** Through a JDBC result set. */
    RESULTSET
}
