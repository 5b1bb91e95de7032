package org.caravan.source.postgres;

import org.caravan.schema.ExactValues;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/**
 * Points in time that are in the years 1 to 9999 both in the session's time zone, as PostgreSQL writes them, and in UTC, as they
 * are stored: {@code 2024-02-29 23:59:59.999999+05:30}, with seconds in the offset where a zone once had them.
 */
final class InstantCell implements Cell {
    private static final long FIRST = -62_135_596_800L * IsoTime.MICROS_PER_SECOND;
    private static final long LAST = 253_402_300_800L * IsoTime.MICROS_PER_SECOND - 1;

    @Override
    public boolean decode(byte[] data, int from, int to, Vector vector, int row) {
        int sign = sign(data, from + IsoTime.DATE_LENGTH, to);
        if (sign < 0) {
            return false;
        }
        long local = LocalTimestampCell.micros(data, from, sign);
        int offset = offset(data, sign + 1, to);
        if (local == IsoTime.NONE || offset < 0) {
            return false;
        }
        long micros = local - (data[sign] == '-' ? -offset : offset) * IsoTime.MICROS_PER_SECOND;
        if (micros < FIRST || micros > LAST || ExactValues.isSkipped(Math.floorDiv(micros, IsoTime.MICROS_PER_DAY))) {
            return false;
        }
        ((LongVector) vector).set(row, micros);
        return true;
    }

    private static int sign(byte[] data, int from, int to) {
        for (int at = to - 1; at > from; at--) {
            if (data[at] == '+' || data[at] == '-') {
                return at;
            }
        }
        return -1;
    }

    /** The seconds of {@code HH[:MM[:SS]]}; negative if it is none. */
    private static int offset(byte[] data, int from, int to) {
        int seconds = 0;
        int unit = 3600;
        for (int at = from; ; at += 3) {
            int part = at + 2 <= to ? IsoTime.twoDigits(data, at) : -1;
            if (part < 0 || unit == 0) {
                return -1;
            }
            seconds += part * unit;
            unit /= 60;
            if (at + 2 == to) {
                return seconds;
            }
            if (data[at + 2] != ':') {
                return -1;
            }
        }
    }
}
