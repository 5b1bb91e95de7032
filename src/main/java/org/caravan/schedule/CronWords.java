package org.caravan.schedule;

import java.util.regex.Pattern;

/** Mends the English in which the cron library describes an expression; stateless. */
final class CronWords {
    private static final String NUMBERS = "([0-9]+(?:(?:, | and )[0-9]+)*)";
    private static final String NAMES = "([A-Z][a-z]+(?:(?:, | and )[A-Z][a-z]+)*)";
    private static final Pattern DAYS = Pattern.compile("at " + NUMBERS + " days?");
    private static final Pattern WEEKDAYS = Pattern.compile("at " + NAMES + " days?");
    private static final Pattern MONTHS = Pattern.compile("at " + NAMES + " months?");
    private static final Pattern YEARS = Pattern.compile("at " + NUMBERS + " years?");

    private CronWords() {}

    /**
     * A description that reads well.
     *
     * @param description what the library says
     * @param everyDay whether the expression leaves the day open, of which the library says nothing
     */
    static String of(String description, boolean everyDay) {
        String words = description.strip().replaceAll("\\s+", " ");
        words = DAYS.matcher(words).replaceAll("on day $1");
        words = WEEKDAYS.matcher(words).replaceAll("on $1");
        words = MONTHS.matcher(words).replaceAll("in $1");
        words = YEARS.matcher(words).replaceAll("in $1");
        return everyDay && words.startsWith("at ") ? "every day " + words : words;
    }
}
