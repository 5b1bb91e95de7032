package org.caravan.source;

import org.apache.camel.spi.Metadata;

/** Message headers of the query component. */
public final class QueryConstants {
    @Metadata(label = "out", description = "The id of the run that the query belongs to.", javaType = "String")
    public static final String RUN_ID = "CamelCaravanRunId";

    /** The beginning of the headers that give the query's parameters: {@code CaravanParameter.<name>}. */
    public static final String PARAMETER = "CaravanParameter.";

    /** The exchange property with parameters that stand over the headers: a map of values by name. */
    public static final String GIVEN = "CaravanGivenParameters";

    /** The exchange property with the days of a backfill: a map of dates by the names of the parameters that they are for. */
    public static final String DAYS = "CaravanGivenDays";

    /** The exchange property that says where the increment begins that this exchange reads, whatever was read before. */
    public static final String FROM = "CaravanWatermarkFrom";

    private QueryConstants() {}
}
