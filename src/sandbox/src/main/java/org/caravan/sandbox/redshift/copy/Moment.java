package org.caravan.sandbox.redshift.copy;

/** A date and a time of day as they are read, part by part. Reused from field to field. */
final class Moment {
    static final long MICROS_PER_SECOND = 1_000_000L;
    static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    /** Days from 1970-01-01 to 2000-01-01, PostgreSQL's first day. */
    static final int EPOCH_DAYS = 10957;

    int year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
    int micros;
    /** Hours after noon are said by PM. */
    boolean afternoon;

    boolean twelveHours;
    /** Seconds east of UTC, if the text says so. */
    int offset;

    boolean hasOffset;

    void clear() {
        year = 0;
        month = 1;
        day = 1;
        hour = 0;
        minute = 0;
        second = 0;
        micros = 0;
        afternoon = false;
        twelveHours = false;
        offset = 0;
        hasOffset = false;
    }

    /** Whether it is a day of the calendar and a time of the clock. 24:00:00 is none; a leap second is none. */
    boolean isValid() {
        if (twelveHours) {
            if (hour < 1 || hour > 12) {
                return false;
            }
            hour = hour % 12 + (afternoon ? 12 : 0);
            twelveHours = false;
        }
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= daysIn(year, month)
                && hour < 24
                && minute < 60
                && second < 60;
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days since 2000-01-01 (the algorithm of https://howardhinnant.github.io/date_algorithms.html#days_from_civil). */
    int days() {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146097 + dayOfEra - 719468 - EPOCH_DAYS;
    }

    long timeOfDay() {
        return ((hour * 60L + minute) * 60 + second) * MICROS_PER_SECOND + micros;
    }

    /** Microseconds since 2000-01-01; in UTC if it has an offset. */
    long microsSince2000() {
        return days() * MICROS_PER_DAY + timeOfDay() - offset * MICROS_PER_SECOND;
    }
}
