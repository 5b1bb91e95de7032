package org.caravan.source.postgres;

import org.caravan.schema.ExactValues;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** Days of the years 1 to 9999. */
final class DateCell implements Cell {
    @Override
    public boolean decode(byte[] data, int from, int to, Vector vector, int row) {
        long days = to - from == IsoTime.DATE_LENGTH ? IsoTime.days(data, from, to) : IsoTime.NONE;
        if (days == IsoTime.NONE || ExactValues.isSkipped(days)) {
            return false;
        }
        ((LongVector) vector).set(row, days);
        return true;
    }
}
