package org.caravan.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as settings write it: {@code 90s}, {@code 5m}, {@code 1h30m}, {@code 7d}; {@code 0} needs no unit. Stateless. */
public final class TimeSpan {
    private static final Pattern SPAN = Pattern.compile(
            "(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m(?!s))?(?:([0-9]{1,9})s)?(?:([0-9]{1,12})ms)?");
    private static final Pattern ALMOST = Pattern.compile("([0-9]{1,6})\\s*([a-z]+)\\.?");

    private TimeSpan() {}

    /** The length of time that a text means; empty if it means none. */
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher span = SPAN.matcher(text);
        if (text.isEmpty() || !span.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(number(span, 1))
                .plusHours(number(span, 2))
                .plusMinutes(number(span, 3))
                .plusSeconds(number(span, 4))
                .plusMillis(number(span, 5)));
    }

    private static long number(Matcher span, int group) {
        return span.group(group) == null ? 0 : Long.parseLong(span.group(group));
    }

    /** What somebody meant by a text that is no length of time; empty if that cannot be told. */
    static Optional<String> meant(String text) {
        Matcher almost = ALMOST.matcher(text.toLowerCase(Locale.ROOT));
        if (!almost.matches()) {
            return Optional.empty();
        }
        Optional<String> unit =
                switch (almost.group(2)) {
                    case "ms", "millis", "millisecond", "milliseconds" -> Optional.of("ms");
                    case "s", "sec", "secs", "second", "seconds" -> Optional.of("s");
                    case "m", "min", "mins", "minute", "minutes" -> Optional.of("m");
                    case "h", "hr", "hrs", "hour", "hours" -> Optional.of("h");
                    case "d", "day", "days" -> Optional.of("d");
                    default -> Optional.empty();
                };
        return unit.map(found -> almost.group(1) + found);
    }
}
