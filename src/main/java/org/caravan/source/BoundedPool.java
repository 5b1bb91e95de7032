package org.caravan.source;

/** A data source that gives a limited number of connections at a time. */
public interface BoundedPool {
    /** The most connections that are open at a time. */
    int maxConnections();
}
