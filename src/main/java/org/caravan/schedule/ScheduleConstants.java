package org.caravan.schedule;

import org.apache.camel.spi.Metadata;

/** Message headers of the schedule component. */
public final class ScheduleConstants {
    @Metadata(description = "The time at which the run was due.", javaType = "java.time.Instant")
    public static final String DUE = "CaravanDue";

    @Metadata(description = "The time at which it was started.", javaType = "java.time.Instant")
    public static final String FIRED = "CaravanFired";

    @Metadata(
            description =
                    "The run that another node began for this time and did not end, if there is one: the node is gone."
                            + " caravan-query goes on with it from its files, or begins another in its place.",
            javaType = "String")
    public static final String INTERRUPTED_RUN = "CaravanInterruptedRun";

    private ScheduleConstants() {}
}
