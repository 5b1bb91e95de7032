package org.caravan.observe;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Whether the ledger can be used; no run begins without. */
final class LedgerCheck extends ServiceCheck {
    /** An answer older than that is none. */
    private static final Duration LATEST = Duration.ofMinutes(1);

    private final Supplier<Pipelines> pipelines;
    private final Clock clock;

    LedgerCheck(Supplier<Pipelines> pipelines, Clock clock) {
        super("caravan-ledger", Kind.READINESS);
        this.pipelines = pipelines;
        this.clock = clock;
    }

    @Override
    void check(HealthCheckResultBuilder result) {
        Pipelines now = pipelines.get();
        Duration silence = Duration.between(now.asked(), clock.instant());
        Optional<String> trouble = now.trouble()
                .or(() -> silence.compareTo(LATEST) > 0
                        ? Optional.of("It has not answered for " + silence.toSeconds() + " s.")
                        : Optional.empty())
                .or(() -> now.asOf().isEmpty() ? Optional.of("It was not asked yet.") : Optional.empty());
        trouble.ifPresentOrElse(why -> result.down().message("The ledger cannot be used: " + why), result::up);
    }
}
