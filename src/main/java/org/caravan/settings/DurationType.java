package org.caravan.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A length of time with units, between two bounds, which are of it.
 *
 * @param word a word that stands for no bound at all, such as {@code forever}
 */
record DurationType(String least, String most, Optional<String> word) implements SettingType {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
    private static final String UNITS = " (units: ms, s, m, h, d)";

    static DurationType between(String least, String most) {
        return new DurationType(least, most, Optional.empty());
    }

    /** From none to some ten years, or for ever. */
    static DurationType orForEver() {
        return new DurationType("0s", "3650d", Optional.of("forever"));
    }

    @Override
    public String label() {
        return "duration, " + least + " to " + most
                + word.map(other -> ", or `" + other + "`").orElse("");
    }

    @Override
    public Optional<Mistake> mistake(String value) {
        if (word.filter(value::equals).isPresent()) {
            return Optional.empty();
        }
        String orWord = word.map(other -> ", or " + other).orElse("");
        Optional<Duration> time = TimeSpan.parse(value);
        if (time.isEmpty()) {
            String meant = NUMBER.matcher(value).matches()
                    ? value + "s, " + value + "m or " + value + "h"
                    : TimeSpan.meant(value).orElse("a whole number and a unit, such as 5m");
            return Optional.of(new Mistake(
                    NUMBER.matcher(value).matches() ? "a duration without a unit" : "not a duration",
                    "write " + meant + orWord + UNITS));
        }
        boolean within = time.get().compareTo(bound(least)) >= 0 && time.get().compareTo(bound(most)) <= 0;
        return within
                ? Optional.empty()
                : Optional.of(new Mistake(
                        "not between " + least + " and " + most,
                        "write a duration from " + least + " to " + most + orWord));
    }

    private static Duration bound(String text) {
        return TimeSpan.parse(text).orElseThrow();
    }
}
