package org.caravan.schedule;

import org.apache.camel.spi.Metadata;

/** Message headers of the schedule component. */
public final class ScheduleConstants {
    @Metadata(description = "The time at which the run was due.", javaType = "java.time.Instant")
    public static final String DUE = "CaravanDue";

    @Metadata(description = "The time at which it was started.", javaType = "java.time.Instant")
    public static final String FIRED = "CaravanFired";

    private ScheduleConstants() {}
}
