package org.caravan.sandbox.redshift.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A DATEFORMAT or TIMEFORMAT: https://docs.aws.amazon.com/redshift/latest/dg/r_DATEFORMAT_and_TIMEFORMAT_strings.html. Numbers have
 * exactly the digits of their part, and every other sign has to be there as it is.
 */
final class TimePattern {
    private static final String[] MONTHS = {
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december"
    };

    private enum Part {
        YYYY,
        YY,
        MONTH,
        MON,
        MM,
        DD,
        HH24,
        HH12,
        HH,
        MI,
        SS,
        AM,
        PM
    }

    /** @param literal the sign, where there is no part */
    private record Element(Optional<Part> part, byte literal) {}

    private final String text;
    private final Element[] elements;

    private TimePattern(String text, List<Element> elements) {
        this.text = text;
        this.elements = elements.toArray(Element[]::new);
    }

    /** Empty if it has letters that mean nothing; a time zone cannot be part of it. */
    static Optional<TimePattern> of(String text) {
        List<Element> elements = new ArrayList<>();
        String upper = text.toUpperCase(Locale.ROOT);
        int at = 0;
        while (at < text.length()) {
            Optional<Part> part = partAt(upper, at);
            if (part.isPresent()) {
                at += part.get().name().length();
            } else if (Character.isLetterOrDigit(text.charAt(at)) && upper.charAt(at) != 'T' || text.charAt(at) > 126) {
                return Optional.empty();
            } else {
                at++;
            }
            elements.add(new Element(part, (byte) text.charAt(at - 1)));
        }
        return elements.stream().noneMatch(element -> element.part().isPresent())
                ? Optional.empty()
                : Optional.of(new TimePattern(text, elements));
    }

    private static Optional<Part> partAt(String upper, int at) {
        for (Part part : Part.values()) {
            if (upper.startsWith(part.name(), at)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }

    int length() {
        return text.length();
    }

    /** Reads the text into the moment and returns where the pattern ends, or -1 if it does not match. */
    int read(byte[] bytes, int from, int to, Moment into) {
        into.clear();
        int at = from;
        for (Element element : elements) {
            at = element.part().isEmpty()
                    ? at < to && bytes[at] == element.literal() ? at + 1 : -1
                    : read(element.part().get(), bytes, at, to, into);
            if (at < 0) {
                return -1;
            }
        }
        return at;
    }

    private static int read(Part part, byte[] bytes, int at, int to, Moment into) {
        switch (part) {
            case MONTH, MON -> {
                return month(part, bytes, at, to, into);
            }
            case AM, PM -> {
                if (at + 2 > to || (bytes[at + 1] | 32) != 'm' || (bytes[at] | 32) != 'a' && (bytes[at] | 32) != 'p') {
                    return -1;
                }
                into.afternoon = (bytes[at] | 32) == 'p';
                into.twelveHours = true;
                return at + 2;
            }
            default -> {
                // numbers, below
            }
        }
        int digits = part == Part.YYYY ? 4 : 2;
        int number = number(bytes, at, to, digits);
        if (number < 0) {
            return -1;
        }
        switch (part) {
            case YYYY -> into.year = number;
            // PostgreSQL's rule, which the table's "year without century" leaves open
            case YY -> into.year = number < 70 ? 2000 + number : 1900 + number;
            case MM -> into.month = number;
            case DD -> into.day = number;
            case HH12 -> {
                into.hour = number;
                into.twelveHours = true;
            }
            case HH, HH24 -> into.hour = number;
            case MI -> into.minute = number;
            default -> {
                into.second = number;
                return fraction(bytes, at + 2, to, into);
            }
        }
        return at + digits;
    }

    private static int month(Part part, byte[] bytes, int at, int to, Moment into) {
        for (int i = 0; i < MONTHS.length; i++) {
            String name = part == Part.MON ? MONTHS[i].substring(0, 3) : MONTHS[i];
            if (at + name.length() <= to && matches(name, bytes, at)) {
                into.month = i + 1;
                return at + name.length();
            }
        }
        return -1;
    }

    private static boolean matches(String lower, byte[] bytes, int at) {
        for (int i = 0; i < lower.length(); i++) {
            if ((bytes[at + i] | 32) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static int number(byte[] bytes, int at, int to, int digits) {
        if (at + digits > to) {
            return -1;
        }
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return -1;
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    /** Up to six digits after a point count; more are cut off. */
    static int fraction(byte[] bytes, int from, int to, Moment into) {
        if (from + 1 >= to || bytes[from] != '.' || bytes[from + 1] < '0' || bytes[from + 1] > '9') {
            return from;
        }
        int at = from + 1;
        int unit = 100_000;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            into.micros += (bytes[at] - '0') * unit;
            unit /= 10;
            at++;
        }
        return at;
    }

    /** {@code +HH}, {@code -H:MM}, {@code +HHMM} or {@code Z} at the end of the text; false if there is something else. */
    static boolean offset(byte[] bytes, int from, int to, Moment into) {
        if (from == to) {
            return true;
        }
        int at = bytes[from] == ' ' ? from + 1 : from;
        if (at == to) {
            return false;
        }
        into.hasOffset = true;
        if (bytes[at] == 'Z' || bytes[at] == 'z') {
            return at + 1 == to;
        }
        if (bytes[at] != '+' && bytes[at] != '-') {
            return false;
        }
        String digits = new String(bytes, at + 1, to - at - 1, java.nio.charset.StandardCharsets.ISO_8859_1);
        if (!digits.matches("\\d{1,2}(:?\\d{2})?")) {
            return false;
        }
        String hours = digits.replaceAll(":?\\d{2}$", "");
        hours = hours.isEmpty() ? digits : digits.length() <= 2 ? digits : hours;
        int minutes = digits.length() <= 2 ? 0 : Integer.parseInt(digits.substring(digits.length() - 2));
        int seconds = Integer.parseInt(hours) * 3600 + minutes * 60;
        into.offset = bytes[at] == '-' ? -seconds : seconds;
        return seconds < 16 * 3600 && minutes < 60;
    }
}
