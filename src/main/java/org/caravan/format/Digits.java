package org.caravan.format;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigInteger;

/** Writes numbers, dates and times as ASCII text, in the one form that COPY reads without any option. Stateless. */
final class Digits {
    /** The most bytes that any of these methods writes. */
    static final int MAX_BYTES = 48;

    private static final int MAX_LONG_DIGITS = 20;
    private static final int MICROS_DIGITS = 6;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final long[] POWERS = new long[19];
    private static final byte[] PAIRS = new byte[200];

    static {
        long power = 1;
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = power;
            power *= 10;
        }
        for (int i = 0; i < PAIRS.length / 2; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private Digits() {}

    static void putLong(long value, Buffer out) {
        if (value == Long.MIN_VALUE) {
            putAscii("-9223372036854775808", out);
            return;
        }
        if (value < 0) {
            out.write('-');
        }
        putUnsigned(Math.abs(value), out);
    }

    /** An unscaled value of up to 18 digits with its point: all {@code scale} fractional digits, at least one digit before. */
    static void putDecimal(long unscaled, int scale, Buffer out) {
        if (scale == 0) {
            putLong(unscaled, out);
            return;
        }
        if (unscaled < 0) {
            out.write('-');
        }
        long magnitude = Math.abs(unscaled);
        long power = POWERS[scale];
        long whole = magnitude / power;
        putUnsigned(whole, out);
        out.write('.');
        putPadded(magnitude - whole * power, scale, out);
    }

    /** The same for an unscaled value of any size. */
    static void putDecimal(BigInteger unscaled, int scale, Buffer out) {
        String digits = unscaled.abs().toString();
        if (unscaled.signum() < 0) {
            out.write('-');
        }
        int whole = digits.length() - scale;
        if (whole > 0) {
            putAscii(digits.substring(0, whole), out);
        } else {
            out.write('0');
        }
        if (scale > 0) {
            out.write('.');
            for (int i = whole; i < 0; i++) {
                out.write('0');
            }
            putAscii(digits.substring(Math.max(0, whole)), out);
        }
    }

    /** The shortest text that reads back as the same number, on every JDK; {@code Double.toString} is not before 19. */
    static void putDouble(double value, Buffer out) {
        putAscii(NumberOutput.toString(value, true), out);
    }

    /** The shortest text that reads back as the same number of 4 bytes. */
    static void putFloat(float value, Buffer out) {
        putAscii(NumberOutput.toString(value, true), out);
    }

    /** A day of the years 1 to 9999 as {@code YYYY-MM-DD}, in the proleptic Gregorian calendar. */
    static void putDate(long days, Buffer out) {
        // From days to a date by eras of 400 years that begin on 1 March:
        // https://howardhinnant.github.io/date_algorithms.html#civil_from_days
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        putPadded(year, 4, out);
        out.write('-');
        putPadded(month, 2, out);
        out.write('-');
        putPadded(day, 2, out);
    }

    /** {@code YYYY-MM-DD HH:MM:SS}, with six fractional digits unless they are all zero. */
    static void putTimestamp(long micros, Buffer out) {
        long day = day(micros);
        long ofDay = micros - day * MICROS_PER_DAY;
        putDate(day, out);
        out.write(' ');
        int seconds = (int) (ofDay / MICROS_PER_SECOND);
        putPadded(seconds / 3600, 2, out);
        out.write(':');
        putPadded(seconds / 60 % 60, 2, out);
        out.write(':');
        putPadded(seconds % 60, 2, out);
        long fraction = ofDay - seconds * MICROS_PER_SECOND;
        if (fraction != 0) {
            out.write('.');
            putPadded(fraction, MICROS_DIGITS, out);
        }
    }

    /** The day that a time stamp lies in. */
    static long day(long micros) {
        return Math.floorDiv(micros, MICROS_PER_DAY);
    }

    static void putAscii(String text, Buffer out) {
        int length = text.length();
        out.reserve(length);
        byte[] data = out.data();
        int position = out.size();
        for (int i = 0; i < length; i++) {
            data[position + i] = (byte) text.charAt(i);
        }
        out.advance(length);
    }

    private static void putUnsigned(long magnitude, Buffer out) {
        int length = 1;
        while (length < POWERS.length && magnitude >= POWERS[length]) {
            length++;
        }
        putPadded(magnitude, length, out);
    }

    private static void putPadded(long magnitude, int width, Buffer out) {
        out.reserve(MAX_LONG_DIGITS);
        byte[] data = out.data();
        int position = out.size() + width;
        int left = width;
        long rest = magnitude;
        while (left >= 2) {
            long next = rest / 100;
            int pair = (int) (rest - next * 100) * 2;
            rest = next;
            data[--position] = PAIRS[pair + 1];
            data[--position] = PAIRS[pair];
            left -= 2;
        }
        if (left == 1) {
            data[--position] = (byte) ('0' + rest);
        }
        out.advance(width);
    }
}
