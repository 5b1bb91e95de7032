package org.caravan.settings;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Something that is wrong with a setting; immutable, and holds no secret.
 *
 * @param key the setting; empty if the line has none
 * @param value its value as it may be shown; empty if there is none
 * @param wrong what is wrong
 * @param mend what to do
 */
public record Problem(Place place, String key, Optional<String> value, String wrong, String mend) {
    private static final int SHOWN = 120;

    public Problem {
        requireNonNull(place, "place");
        requireNonNull(key, "key");
        value = value.map(Problem::oneLine);
        wrong = oneLine(wrong);
        mend = mend.replaceAll("\\R", " ");
    }

    /** All of it in one line: place, key, value, what is wrong and the mend. */
    public String line() {
        String subject =
                key.isEmpty() ? "" : key + value.map(text -> "=" + text).orElse("") + ": ";
        return place.text() + ": " + subject + wrong + "; " + mend;
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\R|\\p{Cntrl}", " ").strip();
        return line.codePointCount(0, line.length()) <= SHOWN
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
