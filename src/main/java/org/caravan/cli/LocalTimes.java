package org.caravan.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shows times as the clocks of a time zone do. Stateless. */
final class LocalTimes {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm xxx", Locale.UK);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss xxx", Locale.UK);

    private LocalTimes() {}

    /** Times in one line; with seconds where one has some. */
    static String of(List<Instant> times, String zone) {
        boolean seconds = times.stream().anyMatch(time -> time.getEpochSecond() % 60 != 0);
        DateTimeFormatter form = (seconds ? SECONDS : MINUTES).withZone(ZoneId.of(zone));
        return times.stream().map(form::format).collect(Collectors.joining(", "));
    }
}
