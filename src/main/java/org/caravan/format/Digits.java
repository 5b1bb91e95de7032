package org.caravan.format;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigInteger;

/** Writes numbers, dates and times as ASCII text, in the one form that COPY reads without any option. Stateless. */
final class Digits {
    /** The most bytes that any of these methods writes. */
    static final int MAX_BYTES = 48;

    private static final int MICROS_DIGITS = 6;
    private static final int DATE_BYTES = 10;
    private static final int TIMESTAMP_BYTES = 19;
    /** Days from 1 March of the year 0 to 1970-01-01. */
    private static final int DAYS_TO_1970 = 719_468;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final long[] POWERS = new long[19];
    /** The two digits of each number below 100, the first in the lower byte. */
    private static final short[] PAIRS = new short[100];

    static {
        long power = 1;
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = power;
            power *= 10;
        }
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = (short) (('0' + i / 10) | (('0' + i % 10) << Byte.SIZE));
        }
    }

    private Digits() {}

    static void putLong(long value, Buffer out) {
        if (value == Long.MIN_VALUE) {
            putAscii("-9223372036854775808", out);
            return;
        }
        out.reserve(MAX_BYTES);
        byte[] data = out.data();
        int at = putSign(value, data, out.size());
        long magnitude = Math.abs(value);
        int length = length(magnitude);
        if (length <= Long.BYTES) {
            Words.put(data, at, eightDigits((int) magnitude) >>> (Byte.SIZE * (Long.BYTES - length)));
        } else {
            putPadded(magnitude, length, data, at);
        }
        out.endAt(at + length);
    }

    /** An unscaled value of up to 19 digits with its point: all {@code scale} fractional digits, at least one digit before. */
    static void putDecimal(long unscaled, int scale, Buffer out) {
        if (scale == 0) {
            putLong(unscaled, out);
            return;
        }
        out.reserve(MAX_BYTES);
        byte[] data = out.data();
        int at = putSign(unscaled, data, out.size());
        long magnitude = Math.abs(unscaled);
        int length = Math.max(scale + 1, length(magnitude));
        int point = at + length - scale;
        if (length <= Long.BYTES) {
            // Both words have bytes beyond their digits, which what comes next covers.
            long digits = eightDigits((int) magnitude);
            Words.put(data, at, digits >>> (Byte.SIZE * (Long.BYTES - length)));
            Words.put(data, point + 1, digits >>> (Byte.SIZE * (Long.BYTES - scale)));
        } else {
            long whole = putPadded(magnitude, scale, data, point + 1);
            putPadded(whole, point - at, data, at);
        }
        data[point] = '.';
        out.endAt(point + 1 + scale);
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
        out.reserve(MAX_BYTES);
        putDate(days, out.data(), out.size());
        out.endAt(out.size() + DATE_BYTES);
    }

    /**
     * Years that begin on 1 March, by multiplications in place of divisions.
     *
     * @see <a href="https://doi.org/10.1002/spe.3172">C. Neri, L. Schneider: Euclidean affine functions and their application to
     *     calendar algorithms</a>
     */
    private static void putDate(long days, byte[] data, int at) {
        int quarters = 4 * (int) (days + DAYS_TO_1970) + 3;
        int century = quarters / 146_097;
        long years = 2_939_745L * ((quarters % 146_097) | 3);
        int yearOfCentury = (int) (years >>> 32);
        int dayOfYear = (int) ((years & 0xFFFF_FFFFL) / (4 * 2_939_745L));
        int months = 2141 * dayOfYear + 197_913;
        int month = months >>> 16;
        int day = (months & 0xFFFF) / 2141 + 1;
        int year = 100 * century + yearOfCentury;
        if (month > 12) {
            year++;
            month -= 12;
        }
        putPair(year / 100, data, at);
        putPair(year % 100, data, at + 2);
        data[at + 4] = '-';
        putPair(month, data, at + 5);
        data[at + 7] = '-';
        putPair(day, data, at + 8);
    }

    /** {@code YYYY-MM-DD HH:MM:SS}, with six fractional digits unless they are all zero. */
    static void putTimestamp(long micros, Buffer out) {
        out.reserve(MAX_BYTES);
        byte[] data = out.data();
        int at = out.size();
        long day = day(micros);
        long ofDay = micros - day * MICROS_PER_DAY;
        putDate(day, data, at);
        int seconds = (int) (ofDay / MICROS_PER_SECOND);
        data[at + 10] = ' ';
        putPair(seconds / 3600, data, at + 11);
        data[at + 13] = ':';
        putPair(seconds / 60 % 60, data, at + 14);
        data[at + 16] = ':';
        putPair(seconds % 60, data, at + 17);
        at += TIMESTAMP_BYTES;
        long fraction = ofDay - seconds * MICROS_PER_SECOND;
        if (fraction != 0) {
            data[at] = '.';
            putPadded(fraction, MICROS_DIGITS, data, at + 1);
            at += 1 + MICROS_DIGITS;
        }
        out.endAt(at);
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

    private static int putSign(long value, byte[] data, int at) {
        data[at] = '-';
        return value < 0 ? at + 1 : at;
    }

    /** How many digits a number has that is not negative. */
    private static int length(long magnitude) {
        // 1233 / 4096 is a little more than the logarithm of 2, by which this is the length or one less.
        int length = ((Long.SIZE - Long.numberOfLeadingZeros(magnitude | 1)) * 1233) >> 12;
        return length + ((magnitude | 1) >= POWERS[length] ? 1 : 0);
    }

    /** The digits of a number below 10<sup>8</sup>, with zeros before them, as the bytes of a word: no branch, and no digit waits for another. */
    private static long eightDigits(int number) {
        int upper = number / 10_000;
        // Numbers of four digits in the halves of the word, of two in its quarters, then digits in its bytes; the first
        // is always the lowest.
        long fours = upper | ((long) (number - upper * 10_000) << Integer.SIZE);
        // A hundredth, by 10486 / 2^20, and a tenth, by 103 / 2^10: exact for numbers as small as these.
        long hundreds = ((fours * 10_486) >>> 20) & 0x0000_007F_0000_007FL;
        long twos = hundreds | ((fours - 100 * hundreds) << Short.SIZE);
        long tens = ((twos * 103) >>> 10) & 0x000F_000F_000F_000FL;
        return (tens | ((twos - 10 * tens) << Byte.SIZE)) + Words.each('0');
    }

    private static void putPair(int number, byte[] data, int at) {
        Words.putShort(data, at, PAIRS[number]);
    }

    /** Puts the last digits of a number, with zeros before them; gives the number that the others make. */
    private static long putPadded(long magnitude, int width, byte[] data, int at) {
        int position = at + width;
        long rest = magnitude;
        while (rest > Integer.MAX_VALUE && position - at >= 2) {
            long next = rest / 100;
            position -= 2;
            putPair((int) (rest - next * 100), data, position);
            rest = next;
        }
        if (rest > Integer.MAX_VALUE) {
            return position > at ? putDigit(rest, data, at) : rest;
        }
        int few = (int) rest;
        while (position - at >= 2) {
            int next = few / 100;
            position -= 2;
            putPair(few - next * 100, data, position);
            few = next;
        }
        return position > at ? putDigit(few, data, at) : few;
    }

    private static long putDigit(long rest, byte[] data, int at) {
        long next = rest / 10;
        data[at] = (byte) ('0' + (rest - next * 10));
        return next;
    }
}
