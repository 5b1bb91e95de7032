package org.caravan.sandbox.source;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

/**
 * The date and time columns of {@code customer_profile}. All values are from year 1 to year 9999, the range that every system on
 * the way can hold; ordinary ones are spread around fixed days, never around today.
 */
final class ProfileTimeColumns {
    private static final LocalDate FIRST_BIRTH = LocalDate.of(1930, 1, 1);
    private static final LocalDateTime FIRST_VISIT = LocalDateTime.of(2015, 1, 1, 0, 0);
    private static final int SECONDS_IN_TEN_YEARS = 10 * 365 * 86_400;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private ProfileTimeColumns() {}

    static List<ProfileColumn> all() {
        return List.of(
                new ProfileColumn(
                        "birth_date",
                        "date",
                        "Dates from year 1 to year 9999, with leap days and the days before and after the ten that the calendar reform of 1582 left out",
                        List.of(
                                "0001-01-01",
                                "9999-12-31",
                                "1582-10-04",
                                "1582-10-15",
                                "1899-12-31",
                                "1900-03-01",
                                "1969-12-31",
                                "1970-01-01",
                                "2000-02-29",
                                "2024-02-29",
                                "1066-10-14"),
                        random -> FIRST_BIRTH.plusDays(random.nextInt(28_000)).toString()),
                new ProfileColumn(
                        "preferred_time",
                        "time",
                        "A time of day with microseconds; PostgreSQL also knows 24:00:00, which java.time does not",
                        List.of("00:00:00", "23:59:59.999999", "24:00:00", "12:00:00", "00:00:00.000001", "13:37:00.5"),
                        random -> LocalTime.ofNanoOfDay((long) (random.nextDouble() * MICROS_PER_DAY) * 1_000)
                                .toString()),
                new ProfileColumn(
                        "registered_at",
                        "timestamp",
                        "A local time in microseconds, with hours that do not exist or exist twice in Berlin",
                        List.of(
                                "0001-01-01 00:00:00",
                                "9999-12-31 23:59:59.999999",
                                "1970-01-01 00:00:00",
                                "1969-12-31 23:59:59.999999",
                                "1582-10-15 00:00:00",
                                "2024-03-31 02:30:00",
                                "2024-10-27 02:30:00",
                                "1893-03-31 23:59:59",
                                "2016-12-31 23:59:59.999999",
                                "2038-01-19 03:14:08",
                                "2262-04-11 23:47:16.854776",
                                "1677-09-21 00:12:43.145224",
                                "2024-01-01 00:00:00.000001"),
                        random -> moment(random).toString()),
                new ProfileColumn(
                        "last_seen_at",
                        "timestamptz",
                        "An instant in microseconds, around changes to and from summer time in Berlin, with odd offsets",
                        List.of(
                                "0001-01-01 00:00:00+00",
                                "9999-12-31 23:59:59.999999+00",
                                "1970-01-01 00:00:00+00",
                                "1969-12-31 23:59:59.999999+00",
                                "1582-10-15 00:00:00+00",
                                "2024-03-31 00:59:59.999999+00",
                                "2024-03-31 01:00:00+00",
                                "2024-10-27 02:30:00+02",
                                "2024-10-27 02:30:00+01",
                                "2024-06-30 12:00:00+05:45",
                                "2024-06-30 12:00:00-03:30",
                                "1883-11-18 12:03:58-04:56:02",
                                "2038-01-19 03:14:08+00",
                                "2262-04-11 23:47:16.854776+00"),
                        random -> moment(random)
                                .atOffset(ZoneOffset.ofHours(random.nextInt(25) - 12))
                                .toString()),
                new ProfileColumn(
                        "retention",
                        "interval",
                        "A span of months, days and microseconds, which may disagree in sign",
                        List.of(
                                "1 year 2 mons 3 days 04:05:06.789",
                                "-1 year +2 days -00:00:00.000001",
                                "0",
                                "24:00:00",
                                "1 day",
                                "30 days",
                                "1 mon",
                                "178000000 years",
                                "-178000000 years"),
                        random -> random.nextInt(36) + " mons " + random.nextInt(30) + " days " + random.nextInt(86_400)
                                + " secs"));
    }

    private static LocalDateTime moment(Random random) {
        return FIRST_VISIT
                .plusSeconds(random.nextInt(SECONDS_IN_TEN_YEARS))
                .plusNanos(random.nextInt(1_000_000) * 1_000L);
    }
}
