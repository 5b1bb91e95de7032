package org.caravan.sandbox.redshift.copy;

import java.util.List;

/** Fields of as many characters as the statement says; the last one may be shorter. */
final class FixedWidthParser implements LineParser {
    private final List<Integer> widths;
    private int failedAt;

    FixedWidthParser(DataFormat.FixedWidth format) {
        this.widths = format.widths();
    }

    @Override
    public int failedAt() {
        return failedAt;
    }

    @Override
    public int parse(byte[] bytes, int from, int to, boolean ended, Fields row) throws BadValue {
        int end = from;
        while (end < to && bytes[end] != '\n') {
            end++;
        }
        if (end == to && !ended) {
            return MORE;
        }
        int next = Math.min(end + 1, to);
        int lineEnd = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
        int at = from;
        for (int width : widths) {
            if (at >= lineEnd) {
                break;
            }
            int begin = at;
            for (int i = 0; i < width && at < lineEnd; i++) {
                at += Math.max(1, Math.abs(Utf8.length(bytes, at, lineEnd)));
            }
            row.add(bytes, begin, at, begin - from);
        }
        if (at < lineEnd) {
            failedAt = end;
            throw new BadValue(BadValue.EXTRA_COLUMNS, "Extra column(s) found");
        }
        return next;
    }
}
