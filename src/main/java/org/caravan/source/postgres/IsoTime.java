package org.caravan.source.postgres;

/**
 * Dates and times in PostgreSQL's ISO output, which pgjdbc sets for its sessions and needs; stateless. Years are 0001 to 9999;
 * others, and infinity, are longer or hold other characters and are not recognised.
 */
final class IsoTime {
    /** What stands for text that is not recognised. */
    static final long NONE = Long.MIN_VALUE;

    static final int DATE_LENGTH = 10;
    static final long MICROS_PER_SECOND = 1_000_000;
    static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final int TIME_LENGTH = 8;
    private static final int[] DAYS_BEFORE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    /** Days from 0001-01-01 to 1970-01-01. */
    private static final int DAYS_TO_1970 = 719_162;

    private IsoTime() {}

    /** The days since 1970-01-01 of {@code YYYY-MM-DD}, or {@link #NONE}. */
    static long days(byte[] data, int from, int to) {
        if (to - from < DATE_LENGTH || data[from + 4] != '-' || data[from + 7] != '-') {
            return NONE;
        }
        int century = twoDigits(data, from);
        int yearOfCentury = twoDigits(data, from + 2);
        int month = twoDigits(data, from + 5);
        int day = twoDigits(data, from + 8);
        if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12 || day < 1) {
            return NONE;
        }
        int year = century * 100 + yearOfCentury;
        int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 1 : 0;
        if (year < 1 || day > DAYS[month - 1] + (month == 2 ? leap : 0)) {
            return NONE;
        }
        int before = year - 1;
        return before * 365L
                + before / 4
                - before / 100
                + before / 400
                + DAYS_BEFORE[month - 1]
                + (month > 2 ? leap : 0)
                + (day - 1)
                - DAYS_TO_1970;
    }

    /** The microseconds of a day of {@code HH:MM:SS[.f]}, with up to six digits after the point, or {@link #NONE}. */
    static long microsOfDay(byte[] data, int from, int to) {
        if (to - from < TIME_LENGTH || data[from + 2] != ':' || data[from + 5] != ':') {
            return NONE;
        }
        int hour = twoDigits(data, from);
        int minute = twoDigits(data, from + 3);
        int second = twoDigits(data, from + 6);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return NONE;
        }
        long fraction = to - from == TIME_LENGTH ? 0 : fraction(data, from + TIME_LENGTH, to);
        return fraction < 0 ? NONE : ((hour * 60 + minute) * 60 + second) * MICROS_PER_SECOND + fraction;
    }

    /** Two digits' number; negative if they are none. */
    static int twoDigits(byte[] data, int at) {
        int tens = data[at] - '0';
        int ones = data[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    private static long fraction(byte[] data, int from, int to) {
        if (data[from] != '.' || to - from < 2 || to - from > 7) {
            return -1;
        }
        long micros = 0;
        for (int at = from + 1; at < from + 7; at++) {
            int digit = at < to ? data[at] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            micros = micros * 10 + digit;
        }
        return micros;
    }
}
