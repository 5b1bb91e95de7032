package org.caravan.observe;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** A health check of the service. Asks nobody who may be slow. */
abstract class ServiceCheck extends AbstractHealthCheck {
    /** The detail of a result that bodies show. */
    static final String DATA = "caravan.data";

    private final Kind kind;

    /** What a check says. */
    enum Kind {
        /** Whether the process can go on by itself. */
        LIVENESS,
        /** Whether it does its work. */
        READINESS
    }

    ServiceCheck(String id, Kind kind) {
        super("caravan", id);
        this.kind = kind;
    }

    @Override
    public boolean isLiveness() {
        return kind == Kind.LIVENESS;
    }

    @Override
    public boolean isReadiness() {
        return kind == Kind.READINESS;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        check(builder);
    }

    abstract void check(HealthCheckResultBuilder result);
}
