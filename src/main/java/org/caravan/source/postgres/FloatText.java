package org.caravan.source.postgres;

import java.nio.charset.StandardCharsets;

/**
 * A decimal number with a fraction and an exponent, such as {@code -1.5e-07}, taken apart: (−1)^negative · mantissa · 10^exponent.
 * Reused; not thread-safe.
 */
final class FloatText {
    private static final int SAFE_DIGITS = 18;

    boolean negative;
    long mantissa;
    int exponent;
    /** Whether the mantissa holds all digits. */
    boolean exact;

    /** Takes a number apart; false if it is none, such as NaN. */
    boolean parse(byte[] data, int from, int to) {
        int at = from;
        negative = at < to && data[at] == '-';
        if (negative) {
            at++;
        }
        mantissa = 0;
        exponent = 0;
        int digits = 0;
        boolean fraction = false;
        for (; at < to && data[at] != 'e'; at++) {
            int digit = data[at] - '0';
            if (data[at] == '.' && !fraction) {
                fraction = true;
                continue;
            }
            if (digit < 0 || digit > 9) {
                return false;
            }
            digits++;
            if (digits <= SAFE_DIGITS) {
                mantissa = mantissa * 10 + digit;
                if (fraction) {
                    exponent--;
                }
            }
        }
        exact = digits <= SAFE_DIGITS;
        return digits > 0 && (at == to || addExponent(data, at + 1, to));
    }

    private boolean addExponent(byte[] data, int from, int to) {
        int at = from;
        boolean minus = at < to && data[at] == '-';
        if (at < to && (minus || data[at] == '+')) {
            at++;
        }
        if (at == to || to - at > 3) {
            return false;
        }
        int value = 0;
        for (; at < to; at++) {
            int digit = data[at] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        exponent += minus ? -value : value;
        return true;
    }

    static String string(byte[] data, int from, int to) {
        return new String(data, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
