package org.caravan.sandbox.redshift.copy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * DECIMAL: digits beyond the column's scale are cut off, or rounded with ROUNDEC
 * (https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-conversion.html#copy-roundec).
 */
final class DecimalField implements FieldValue {
    private static final int LONG_DIGITS = 18;
    private static final String TYPE = "Decimal";

    private final int precision;
    private final int scale;
    private final boolean rounds;
    private final DecimalValue value;
    private final BigInteger limit;
    private final long smallLimit;

    DecimalField(TargetColumn column, boolean rounds) {
        this.precision = column.length();
        this.scale = column.scale();
        this.rounds = rounds;
        this.value = new DecimalValue(scale);
        this.limit = BigInteger.TEN.pow(precision);
        this.smallLimit = precision <= LONG_DIGITS ? limit.longValueExact() : Long.MAX_VALUE;
    }

    @Override
    public void write(byte[] text, int from, int to, RowBuffer out) throws BadValue {
        int at = from;
        int end = to;
        while (at < end && text[at] == ' ') {
            at++;
        }
        while (end > at && text[end - 1] == ' ') {
            end--;
        }
        boolean negative = text[at] == '-';
        int start = negative || text[at] == '+' ? at + 1 : at;
        int point = -1;
        int digits = 0;
        for (int i = start; i < end; i++) {
            if (text[i] == '.' && point < 0) {
                point = i;
            } else if (text[i] < '0' || text[i] > '9') {
                throw IntegerField.invalidDigit(text, from, i, to, TYPE);
            } else {
                digits++;
            }
        }
        if (digits == 0) {
            throw new BadValue(BadValue.DECIMAL, "Invalid decimal, no digits, Type: " + TYPE);
        }
        int whole = (point < 0 ? end : point) - start;
        if (whole + scale <= LONG_DIGITS) {
            small(text, start, end, point, negative, out);
        } else {
            large(text, start, end, point, negative, out);
        }
    }

    private void small(byte[] text, int start, int end, int point, boolean negative, RowBuffer out) throws BadValue {
        long unscaled = 0;
        int fraction = 0;
        boolean up = false;
        for (int i = start; i < end; i++) {
            if (i == point) {
                continue;
            }
            if (point >= 0 && i > point && ++fraction > scale) {
                up = rounds && fraction == scale + 1 && text[i] >= '5';
                break;
            }
            unscaled = unscaled * 10 + text[i] - '0';
        }
        for (; fraction < scale; fraction++) {
            unscaled *= 10;
        }
        unscaled += up ? 1 : 0;
        if (unscaled >= smallLimit) {
            throw overflow();
        }
        value.write(negative ? -unscaled : unscaled, out);
    }

    private void large(byte[] text, int start, int end, int point, boolean negative, RowBuffer out) throws BadValue {
        StringBuilder digits = new StringBuilder(end - start + scale);
        int wholeEnd = point < 0 ? end : point;
        digits.append(new String(text, start, wholeEnd - start, StandardCharsets.ISO_8859_1));
        int kept = point < 0 ? 0 : Math.min(scale, end - point - 1);
        if (kept > 0) {
            digits.append(new String(text, point + 1, kept, StandardCharsets.ISO_8859_1));
        }
        digits.append("0".repeat(scale - kept));
        BigInteger unscaled = new BigInteger(digits.toString());
        if (rounds && point >= 0 && end - point - 1 > scale && text[point + 1 + scale] >= '5') {
            unscaled = unscaled.add(BigInteger.ONE);
        }
        if (unscaled.compareTo(limit) >= 0) {
            throw overflow();
        }
        value.write(negative ? unscaled.negate() : unscaled, out);
    }

    private BadValue overflow() {
        return new BadValue(BadValue.OUT_OF_RANGE, "Overflow for NUMERIC(" + precision + "," + scale + ")");
    }
}
