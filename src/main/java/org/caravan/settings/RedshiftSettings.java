package org.caravan.settings;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The settings {@code redshift.*} that the product itself reads; immutable.
 *
 * @param lockWait how long each lock is waited for
 * @param statementTimeout how long a statement may take; zero is for ever
 */
public record RedshiftSettings(String stagingSchema, Duration lockWait, Duration statementTimeout) {
    public RedshiftSettings {
        requireNonNull(stagingSchema, "stagingSchema");
        requireNonNull(lockWait, "lockWait");
        requireNonNull(statementTimeout, "statementTimeout");
    }

    /**
     * Reads them.
     *
     * @throws org.caravan.ledger.CaravanException if one is wrong
     */
    public static RedshiftSettings of(Settings settings) {
        return new RedshiftSettings(
                settings.get("redshift.staging-schema"),
                settings.time("redshift.lock-wait").orElseThrow(),
                settings.time("redshift.statement-timeout").orElseThrow());
    }
}
