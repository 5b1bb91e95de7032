package org.caravan.sandbox.redshift.copy;

import java.util.Optional;

/** TIMESTAMP and TIMESTAMPTZ, by TIMEFORMAT; a TIMESTAMPTZ without an offset is in UTC. */
final class TimestampField implements FieldValue {
    private static final TimePattern DEFAULT =
            TimePattern.of("YYYY-MM-DD HH:MI:SS").orElseThrow();
    private static final long FIRST_MICROS = -211_813_488_000_000_000L;
    private static final long END_MICROS = 9_223_371_331_200_000_000L;

    private final String format;
    private final Optional<TimePattern> pattern;
    private final boolean zoned;
    private final boolean anyDate;
    private final Moment moment = new Moment();

    TimestampField(CopyOptions.Conversion conversion, boolean zoned) {
        this.format = conversion.timeFormat();
        this.pattern = format.isEmpty()
                ? Optional.of(DEFAULT)
                : format.equals("auto") || format.startsWith("epoch") ? Optional.empty() : TimePattern.of(format);
        this.zoned = zoned;
        this.anyDate = conversion.acceptAnyDate();
    }

    @Override
    public void write(byte[] text, int from, int to, RowBuffer out) throws BadValue {
        long micros;
        if (format.startsWith("epoch")) {
            micros = epoch(text, from, to);
        } else if (read(text, from, to)) {
            micros = moment.microsSince2000();
        } else {
            micros = Long.MIN_VALUE;
        }
        if (micros >= FIRST_MICROS && micros < END_MICROS) {
            out.int32(8);
            out.int64(micros);
        } else if (anyDate) {
            out.nullValue();
        } else {
            throw new BadValue(
                    BadValue.TIMESTAMP,
                    "Invalid timestamp format or value [" + (format.isEmpty() ? "YYYY-MM-DD HH24:MI:SS" : format)
                            + "]");
        }
    }

    private boolean read(byte[] text, int from, int to) {
        if (pattern.isEmpty()) {
            boolean read = AutoTime.read(text, from, to, moment);
            // A TIMESTAMP has no zone: the one in the text is passed over, as by a cast.
            moment.offset = zoned ? moment.offset : 0;
            return read;
        }
        int end = pattern.get().read(text, from, to, moment);
        return end >= 0 && (end == to || zoned && TimePattern.offset(text, end, to, moment)) && moment.isValid();
    }

    /** Whole seconds or milliseconds since 1970; what cannot be read is out of range. */
    private long epoch(byte[] text, int from, int to) {
        boolean negative = text[from] == '-';
        int at = negative ? from + 1 : from;
        if (at == to || to - at > 15) {
            return Long.MIN_VALUE;
        }
        long number = 0;
        for (; at < to; at++) {
            if (text[at] < '0' || text[at] > '9') {
                return Long.MIN_VALUE;
            }
            number = number * 10 + text[at] - '0';
        }
        long unit = format.equals("epochsecs") ? Moment.MICROS_PER_SECOND : 1000;
        if (number > END_MICROS / unit) {
            return Long.MIN_VALUE;
        }
        return (negative ? -number : number) * unit - Moment.EPOCH_DAYS * Moment.MICROS_PER_DAY;
    }
}
