package org.caravan.schedule;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the weekdays of Unix cron, where Sunday is 0 and 7. Stateless. */
final class Weekdays {
    private static final List<String> NAMES = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int DAYS = 7;

    private Weekdays() {}

    /** The days of a field that is valid, such as {@code MON-FRI}, {@code 5-7}, {@code *}{@code /2} or {@code 0,3}. */
    static Set<DayOfWeek> ofUnix(String field) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String item : field.split(",", -1)) {
            List<String> stepped = List.of(item.split("/", -1));
            boolean steps = stepped.size() > 1;
            List<String> ends = List.of(stepped.get(0).replace("*", "0-6").split("-", -1));
            int first = number(ends.get(0));
            int last = ends.size() > 1 ? number(ends.get(1)) : steps ? DAYS - 1 : first;
            for (int day = first;
                    day <= (last < first ? last + DAYS : last);
                    day += steps ? number(stepped.get(1)) : 1) {
                days.add(day % DAYS == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(day % DAYS));
            }
        }
        return days;
    }

    private static int number(String day) {
        int named = NAMES.indexOf(day.toUpperCase(Locale.ROOT));
        return named >= 0 ? named : Integer.parseInt(day);
    }
}
