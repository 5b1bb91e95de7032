package org.caravan.schedule;

import java.time.ZoneId;
import java.util.List;

/** Writes a timetable as text, for Quartz' job store, and reads it; stateless. */
final class TimetableText {
    private static final int LINES = 5;

    private TimetableText() {}

    static String of(Timetable timetable) {
        return String.join(
                "\n",
                timetable.cron().toString(),
                timetable.zone().getId(),
                timetable.gap().name(),
                timetable.overlap().name(),
                "-" + timetable.blackout().text());
    }

    /**
     * Reads a timetable.
     *
     * @throws IllegalArgumentException if another version wrote it, that knows more
     */
    static Timetable parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() != LINES) {
            throw new IllegalArgumentException(
                    "A timetable has " + LINES + " lines, not " + lines.size() + ": it is another version's");
        }
        return new Timetable(
                Cron.parse(lines.get(0)),
                ZoneId.of(lines.get(1)),
                DstGap.valueOf(lines.get(2)),
                DstOverlap.valueOf(lines.get(3)),
                Blackout.parse(lines.get(4).substring(1)));
    }
}
