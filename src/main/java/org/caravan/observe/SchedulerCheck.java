package org.caravan.observe;

import java.util.function.BooleanSupplier;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Whether Quartz can still start pipelines; once it is shut down it does not come back. */
final class SchedulerCheck extends ServiceCheck {
    private final BooleanSupplier over;

    SchedulerCheck(BooleanSupplier over) {
        super("caravan-scheduler", Kind.LIVENESS);
        this.over = over;
    }

    @Override
    void check(HealthCheckResultBuilder result) {
        if (over.getAsBoolean()) {
            result.down().message("Quartz is shut down, and starts no pipeline any more: start the service again.");
        } else {
            result.up();
        }
    }
}
