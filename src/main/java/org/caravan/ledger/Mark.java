package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a source was read: everything below a value. Immutable.
 *
 * @param name what the value is of, such as a column's name
 * @param type the value's type, such as {@code timestamptz}
 * @param value as text
 */
public record Mark(String name, String type, String value) {
    private static final Pattern TEXT = Pattern.compile("(?s)(.+)=([a-z]+)\\(([^()]*)\\)");

    public Mark {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(value, "value");
    }

    /** Such as {@code updated_at=timestamptz(2026-01-31T18:00:00Z)}. */
    public String text() {
        return name + "=" + typed();
    }

    /** The value with its type, such as {@code timestamptz(2026-01-31T18:00:00Z)}. */
    public String typed() {
        return type + "(" + value + ")";
    }

    /** Reads {@link #text()}; empty if it is something else. */
    public static Optional<Mark> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Mark(parts.group(1), parts.group(2), parts.group(3)))
                : Optional.empty();
    }
}
