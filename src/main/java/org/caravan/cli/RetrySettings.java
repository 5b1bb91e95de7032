package org.caravan.cli;

import java.time.Duration;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.RetryRule;
import org.caravan.settings.Settings;

/** How the settings {@code retry.*} want steps tried again; stateless. */
final class RetrySettings {
    private static final String DELAY = "retry.delay";
    private static final String MAX_DELAY = "retry.max-delay";

    private RetrySettings() {}

    /** @throws CaravanException if one is wrong, or the longest wait is shorter than the first */
    static RetryRule of(Settings settings) {
        Duration delay = settings.time(DELAY).orElseThrow();
        Duration most = settings.time(MAX_DELAY).orElseThrow();
        if (most.compareTo(delay) < 0) {
            throw new CaravanException(
                    Category.CONFIG,
                    MAX_DELAY + " must not be less than " + DELAY + "; they are '"
                            + settings.find(MAX_DELAY).orElse("") + "' and '"
                            + settings.find(DELAY).orElse("") + "'.");
        }
        return new RetryRule(settings.number("retry.attempts"), delay, most);
    }
}
