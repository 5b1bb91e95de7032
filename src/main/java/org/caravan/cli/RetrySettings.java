package org.caravan.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.RetryRule;

/** How the settings {@code retry.*} want steps tried again; stateless. */
final class RetrySettings {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?");
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})(ms|s|m)");

    private RetrySettings() {}

    static RetryRule of(Settings settings) {
        String attempts = settings.find("retry.attempts").orElse("");
        if (!NUMBER.matcher(attempts).matches()) {
            throw new CaravanException(
                    Category.CONFIG, "retry.attempts must be a number from 1 to 99; it is '" + attempts + "'.");
        }
        Duration delay = time(settings, "retry.delay");
        Duration most = time(settings, "retry.max-delay");
        if (most.compareTo(delay) < 0) {
            throw new CaravanException(
                    Category.CONFIG,
                    "retry.max-delay must not be less than retry.delay; they are '"
                            + settings.find("retry.max-delay").orElse("") + "' and '"
                            + settings.find("retry.delay").orElse("") + "'.");
        }
        return new RetryRule(Integer.parseInt(attempts), delay, most);
    }

    private static Duration time(Settings settings, String key) {
        String text = settings.find(key).orElse("");
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new CaravanException(
                    Category.CONFIG, key + " must be a time such as 500ms, 2s or 1m; it is '" + text + "'.");
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }
}
