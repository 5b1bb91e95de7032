package org.caravan.sandbox.redshift.copy;

/**
 * TIME and TIMETZ: {@code HH:MI:SS} with up to six digits after the point
 * (https://docs.aws.amazon.com/redshift/latest/dg/r_Datetime_types.html); a TIMETZ without an offset is in UTC.
 */
final class TimeField implements FieldValue {
    private static final TimePattern PATTERN = TimePattern.of("HH:MI:SS").orElseThrow();

    private final boolean zoned;
    private final Moment moment = new Moment();

    TimeField(boolean zoned) {
        this.zoned = zoned;
    }

    @Override
    public void write(byte[] text, int from, int to, RowBuffer out) throws BadValue {
        int end = PATTERN.read(text, from, to, moment);
        boolean read =
                end >= 0 && (end == to || zoned && TimePattern.offset(text, end, to, moment)) && moment.isValid();
        if (!read) {
            throw new BadValue(BadValue.TIMESTAMP, "Invalid time format or value [HH24:MI:SS]");
        }
        out.int32(zoned ? 12 : 8);
        out.int64(moment.timeOfDay());
        if (zoned) {
            // timetz_recv in PostgreSQL's date.c: seconds west of UTC
            out.int32(-moment.offset);
        }
    }
}
