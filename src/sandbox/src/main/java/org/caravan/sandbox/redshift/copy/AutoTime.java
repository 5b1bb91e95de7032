package org.caravan.sandbox.redshift.copy;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.JulianFields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What DATEFORMAT 'auto' and TIMEFORMAT 'auto' recognise:
 * https://docs.aws.amazon.com/redshift/latest/dg/automatic-recognition.html. Epochs are not among it.
 */
final class AutoTime {
    private static final String TIME = "(?:[ T](?<h>\\d{1,2}):(?<m>\\d{2})(?::(?<s>\\d{2})(?:\\.(?<f>\\d+))?)?)?";
    private static final String SHORT_TIME = "(?:[ T](?<h>\\d{2})(?<m>\\d{2})(?<s>\\d{2})(?:\\.(?<f>\\d+))?)?";
    private static final String HALF = "(?: ?(?<half>AM|PM))?";
    private static final String ZONE = "(?: ?(?<zone>Z|UTC|[+-]\\d{1,2}(?::?\\d{2})?|[A-Z]{3,4}))?";
    private static final String END = HALF + ZONE + "(?<bc> BC)?";
    private static final String NAME = "(?<name>[A-Z]{3,9})";

    private static final List<Pattern> PATTERNS = List.of(
            pattern("(?<y>\\d{4})[-/.](?<mo>\\d{1,2})[-/.](?<d>\\d{1,2})" + TIME + END),
            pattern("(?<mo>\\d{1,2})/(?<d>\\d{1,2})/(?<y>\\d{4}|\\d{2})" + TIME + END),
            pattern("(?<mo>\\d{1,2})-(?<d>\\d{1,2})-(?<y>\\d{4}|\\d{2})" + TIME + END),
            pattern("(?<d>\\d{1,2})\\.(?<mo>\\d{1,2})\\.(?<y>\\d{4})" + TIME + END),
            pattern("(?<mo>\\d{1,2})\\.(?<d>\\d{1,2})\\.(?<y>\\d{4})" + TIME + END),
            pattern("(?<y>\\d{4})(?<mo>\\d{2})(?<d>\\d{2})" + SHORT_TIME + END),
            pattern("(?<y>\\d{4})(?<mo>\\d{2})(?<d>\\d{2})" + TIME + END),
            pattern("(?<y>\\d{2})(?<mo>\\d{2})(?<d>\\d{2})" + SHORT_TIME + END),
            pattern("(?<y>\\d{4})\\.(?<doy>\\d{3})" + TIME + END),
            pattern("J(?<julian>\\d{1,8})" + TIME + END),
            pattern(NAME + "[- ](?<d>\\d{1,2})(?:-|, ?| )(?<y>\\d{4}|\\d{2})" + TIME + END),
            pattern("(?<d>\\d{1,2})[- ]" + NAME + "[- ](?<y>\\d{4}|\\d{2})" + TIME + END),
            pattern("(?<y>\\d{4})[- ]" + NAME + "[- ](?<d>\\d{1,2})" + TIME + END),
            pattern("(?<d>\\d{1,2}) " + NAME
                    + " (?<h>\\d{1,2}):(?<m>\\d{2}):(?<s>\\d{2})(?:\\.(?<f>\\d+))? (?<y>\\d{4})" + END));

    private static final Map<String, String> ZONES = Map.of(
            "PST", "-08:00", "PDT", "-07:00", "MST", "-07:00", "MDT", "-06:00", "CST", "-06:00", "CDT", "-05:00", "EST",
            "-05:00", "EDT", "-04:00", "GMT", "Z", "UTC", "Z");

    private AutoTime() {}

    private static Pattern pattern(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
    }

    /** False if nothing matches. */
    static boolean read(byte[] bytes, int from, int to, Moment into) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
        for (Pattern pattern : PATTERNS) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                try {
                    if (read(matcher, into)) {
                        return true;
                    }
                } catch (DateTimeException e) {
                    // No such day, time or zone in this reading; another pattern may read it.
                }
            }
        }
        return false;
    }

    private static Optional<String> group(Matcher matcher, String name) {
        return matcher.pattern().pattern().contains("(?<" + name + ">")
                ? Optional.ofNullable(matcher.group(name))
                : Optional.empty();
    }

    private static int number(Matcher matcher, String name) {
        return group(matcher, name).map(Integer::parseInt).orElse(0);
    }

    private static boolean read(Matcher matcher, Moment into) {
        into.clear();
        LocalDate date = date(matcher);
        LocalTime time = time(matcher);
        into.year = date.getYear();
        into.month = date.getMonthValue();
        into.day = date.getDayOfMonth();
        into.hour = time.getHour();
        into.minute = time.getMinute();
        into.second = time.getSecond();
        into.micros = time.getNano() / 1000;
        Optional<String> zone = group(matcher, "zone");
        if (zone.isPresent()) {
            String name = zone.get().toUpperCase(Locale.ROOT);
            byte[] offset = name.getBytes(StandardCharsets.ISO_8859_1);
            if (name.startsWith("+") || name.startsWith("-")) {
                return TimePattern.offset(offset, 0, offset.length, into);
            }
            into.hasOffset = true;
            into.offset = ZoneId.of(ZONES.getOrDefault(name, name))
                    .getRules()
                    .getOffset(LocalDateTime.of(date, time))
                    .getTotalSeconds();
        }
        return true;
    }

    private static LocalDate date(Matcher matcher) {
        if (group(matcher, "julian").isPresent()) {
            return LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, number(matcher, "julian"));
        }
        String years = group(matcher, "y").orElseThrow();
        int year = Integer.parseInt(years);
        if (group(matcher, "bc").isPresent()) {
            year = 1 - year;
        } else if (years.length() == 2) {
            year += year < 70 ? 2000 : 1900;
        }
        if (group(matcher, "doy").isPresent()) {
            return LocalDate.ofYearDay(year, number(matcher, "doy"));
        }
        int month = group(matcher, "name").map(AutoTime::month).orElseGet(() -> number(matcher, "mo"));
        return LocalDate.of(year, month, number(matcher, "d"));
    }

    private static int month(String name) {
        byte[] text = name.getBytes(StandardCharsets.ISO_8859_1);
        Moment moment = new Moment();
        for (String pattern : List.of("MONTH", "MON")) {
            if (TimePattern.of(pattern).orElseThrow().read(text, 0, text.length, moment) == text.length) {
                return moment.month;
            }
        }
        throw new DateTimeException("no month is called " + name);
    }

    private static LocalTime time(Matcher matcher) {
        int hour = number(matcher, "h");
        Optional<String> half = group(matcher, "half");
        if (half.isPresent()) {
            hour = hour % 12 + (half.get().equalsIgnoreCase("PM") ? 12 : 0);
        }
        String fraction = group(matcher, "f").orElse("0");
        int micros = Integer.parseInt((fraction + "000000").substring(0, 6));
        return LocalTime.of(hour, number(matcher, "m"), number(matcher, "s"), micros * 1000);
    }
}
