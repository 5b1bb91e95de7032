package org.caravan.settings;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings {@code ledger.*}; immutable. Shows no secret.
 *
 * @param lockExpiry how long a pipeline stays locked when its process has died
 */
public record LedgerSettings(String url, Optional<String> user, Optional<String> password, Duration lockExpiry) {
    public LedgerSettings {
        requireNonNull(url, "url");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(lockExpiry, "lockExpiry");
    }

    /**
     * Reads them.
     *
     * @throws org.caravan.ledger.CaravanException if one is wrong
     */
    public static LedgerSettings of(Settings settings) {
        return new LedgerSettings(
                settings.get("ledger.url"),
                settings.checked("ledger.user"),
                settings.find("ledger.password"),
                settings.time("ledger.lock-expiry").orElseThrow());
    }

    @Override
    public String toString() {
        return "LedgerSettings[" + SecretSettings.shown("ledger.url", url) + ", " + user + ", ***, " + lockExpiry + "]";
    }
}
