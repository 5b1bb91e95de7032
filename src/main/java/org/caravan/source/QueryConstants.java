package org.caravan.source;

import org.apache.camel.spi.Metadata;

/** Message headers of the query component. */
public final class QueryConstants {
    @Metadata(label = "out", description = "The id of the run that the query belongs to.", javaType = "String")
    public static final String RUN_ID = "CamelCaravanRunId";

    private QueryConstants() {}
}
