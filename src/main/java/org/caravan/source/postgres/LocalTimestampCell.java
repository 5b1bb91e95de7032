package org.caravan.source.postgres;

import org.caravan.schema.ExactValues;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** Local time stamps of the years 1 to 9999, such as {@code 2024-02-29 23:59:59.999999}. */
final class LocalTimestampCell implements Cell {
    @Override
    public boolean decode(byte[] data, int from, int to, Vector vector, int row) {
        long micros = micros(data, from, to);
        if (micros == IsoTime.NONE || ExactValues.isSkipped(Math.floorDiv(micros, IsoTime.MICROS_PER_DAY))) {
            return false;
        }
        ((LongVector) vector).set(row, micros);
        return true;
    }

    /** The microseconds since 1970 of a date and a time of day, or {@link IsoTime#NONE}. */
    static long micros(byte[] data, int from, int to) {
        int space = from + IsoTime.DATE_LENGTH;
        if (space >= to || data[space] != ' ') {
            return IsoTime.NONE;
        }
        long days = IsoTime.days(data, from, space);
        long time = IsoTime.microsOfDay(data, space + 1, to);
        return days == IsoTime.NONE || time == IsoTime.NONE ? IsoTime.NONE : days * IsoTime.MICROS_PER_DAY + time;
    }
}
