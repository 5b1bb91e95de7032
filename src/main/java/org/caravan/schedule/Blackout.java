package org.caravan.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Windows of local time in which a pipeline does not start; immutable. */
record Blackout(String text, List<Window> windows) {
    /** Never. */
    static final Blackout NONE = new Blackout("", List.of());

    private static final Pattern DATES =
            Pattern.compile("([0-9-]{10}(?:T[0-9:]{5})?)(?:\\.\\.([0-9-]{10}(?:T[0-9:]{5})?))?");
    private static final Pattern DAILY =
            Pattern.compile("(?:([A-Za-z,-]+) ?)?(?:([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2}))?");
    private static final String FORMS =
            "write 22:00-06:00, Sat,Sun, Mon-Fri 08:00-18:00, 2026-12-24..2026-12-26 or 2026-12-24T12:00..2026-12-27T06:00,"
                    + " with semicolons between";

    Blackout {
        windows = List.copyOf(windows);
    }

    /** A window: says when it ends if it holds a time. */
    interface Window {
        Optional<LocalDateTime> end(LocalDateTime time);
    }

    /**
     * Reads windows.
     *
     * @throws IllegalArgumentException naming the one that cannot be read, and the forms
     */
    static Blackout parse(String text) {
        List<Window> windows = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (String item : text.split(";", -1)) {
            if (!item.isBlank()) {
                windows.add(window(item.strip()));
                texts.add(item.strip());
            }
        }
        return new Blackout(String.join("; ", texts), windows);
    }

    private static Window window(String item) {
        try {
            Matcher dates = DATES.matcher(item);
            if (dates.matches()) {
                return dates(dates.group(1), Optional.ofNullable(dates.group(2)).orElse(dates.group(1)));
            }
            Matcher daily = DAILY.matcher(item);
            if (daily.matches()) {
                Set<DayOfWeek> days =
                        daily.group(1) == null ? Set.of(DayOfWeek.values()) : Weekdays.ofUnix(daily.group(1));
                return daily.group(2) == null
                        ? daily(days, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)
                        : daily(days, LocalTime.parse(daily.group(2)), LocalTime.parse(daily.group(3)));
            }
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new IllegalArgumentException("the blackout '" + item + "' cannot be read; " + FORMS, e);
        }
        throw new IllegalArgumentException("the blackout '" + item + "' cannot be read; " + FORMS);
    }

    private static Window dates(String first, String last) {
        LocalDateTime begin = first.contains("T")
                ? LocalDateTime.parse(first)
                : LocalDate.parse(first).atStartOfDay();
        LocalDateTime end = last.contains("T")
                ? LocalDateTime.parse(last)
                : LocalDate.parse(last).plusDays(1).atStartOfDay();
        if (!begin.isBefore(end)) {
            throw new IllegalArgumentException(
                    "the blackout '" + first + ".." + last + "' ends before it begins: exchange the two");
        }
        return time -> Optional.of(end).filter(ends -> !time.isBefore(begin) && time.isBefore(ends));
    }

    /** A window that ends the next day if its end is not behind its beginning; its weekdays are those on which it begins. */
    private static Window daily(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
        return time -> {
            for (LocalDate day : List.of(time.toLocalDate().minusDays(1), time.toLocalDate())) {
                LocalDateTime begin = day.atTime(from);
                LocalDateTime end = (to.isAfter(from) ? day : day.plusDays(1)).atTime(to);
                if (days.contains(day.getDayOfWeek()) && !time.isBefore(begin) && time.isBefore(end)) {
                    return Optional.of(end);
                }
            }
            return Optional.empty();
        };
    }

    /** When the window ends that holds a time, if one does. */
    Optional<LocalDateTime> end(LocalDateTime time) {
        return windows.stream().flatMap(window -> window.end(time).stream()).max(LocalDateTime::compareTo);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Blackout blackout && blackout.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
