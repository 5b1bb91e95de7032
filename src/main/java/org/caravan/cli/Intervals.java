package org.caravan.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The days of a backfill, cut into what one run each reads. Stateless. */
final class Intervals {
    private Intervals() {}

    /** How many days a run reads. */
    enum Size {
        DAY,
        WEEK,
        MONTH;

        static Optional<Size> find(String word) {
            return Arrays.stream(values())
                    .filter(size -> size.name().equalsIgnoreCase(word))
                    .findFirst();
        }
    }

    /**
     * Some days.
     *
     * @param first the first of them
     * @param end the day after the last
     */
    record Interval(LocalDate first, LocalDate end) {
        LocalDate last() {
            return end.minusDays(1);
        }
    }

    /**
     * All days from the first to the last, each in one interval: weeks are seven days from the first on, months those of the
     * calendar, so that the first and the last may be shorter.
     */
    static List<Interval> of(LocalDate from, LocalDate to, Size size) {
        List<Interval> intervals = new ArrayList<>();
        LocalDate end = to.plusDays(1);
        LocalDate first = from;
        while (first.isBefore(end)) {
            LocalDate next =
                    switch (size) {
                        case DAY -> first.plusDays(1);
                        case WEEK -> first.plusWeeks(1);
                        case MONTH -> first.withDayOfMonth(1).plusMonths(1);
                    };
            LocalDate until = next.isBefore(end) ? next : end;
            intervals.add(new Interval(first, until));
            first = until;
        }
        return intervals;
    }
}
