package org.caravan.sandbox.redshift.copy;

import java.util.Optional;

/** DATE, by DATEFORMAT; a time of day after it is ignored. */
final class DateField implements FieldValue {
    private final Optional<TimePattern> pattern;
    private final boolean anyDate;
    private final Moment moment = new Moment();

    DateField(CopyOptions.Conversion conversion) {
        this.pattern =
                conversion.dateFormat().equals("auto") ? Optional.empty() : TimePattern.of(conversion.dateFormat());
        this.anyDate = conversion.acceptAnyDate();
    }

    @Override
    public void write(byte[] text, int from, int to, RowBuffer out) throws BadValue {
        if (read(text, from, to)) {
            out.int32(4);
            out.int32(moment.days());
        } else if (anyDate) {
            out.nullValue();
        } else {
            throw new BadValue(BadValue.DATE, reason(to - from));
        }
    }

    private boolean read(byte[] text, int from, int to) {
        if (pattern.isEmpty()) {
            return AutoTime.read(text, from, to, moment);
        }
        int end = pattern.get().read(text, from, to, moment);
        return end >= 0 && (end == to || text[end] == ' ' || text[end] == 'T') && moment.isValid();
    }

    /** The first is the text of field reports. */
    private String reason(int length) {
        return pattern.isPresent() && length < pattern.get().length()
                ? "Invalid Date Format - length must be " + pattern.get().length() + " or more"
                : "Invalid date format or value ["
                        + pattern.map(TimePattern::toString).orElse("auto") + "]";
    }
}
