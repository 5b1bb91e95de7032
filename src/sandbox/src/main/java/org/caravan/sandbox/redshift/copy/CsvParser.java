package org.caravan.sandbox.redshift.copy;

/**
 * CSV: https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-format.html#copy-csv. White space around a quoted
 * field does not count; a quote within an unquoted field is an error.
 */
final class CsvParser implements LineParser {
    private final byte delimiter;
    private final byte quote;
    private final boolean nulIsText;
    private int failedAt;

    CsvParser(DataFormat.Csv format, boolean nulIsText) {
        this.delimiter = format.delimiter();
        this.quote = format.quote();
        this.nulIsText = nulIsText;
    }

    @Override
    public int failedAt() {
        return failedAt;
    }

    @Override
    public int parse(byte[] bytes, int from, int to, boolean ended, Fields row) throws BadValue {
        int at = from;
        while (true) {
            int begin = at;
            int content = at;
            while (content < to && (bytes[content] == ' ' || bytes[content] == '\t') && bytes[content] != delimiter) {
                content++;
            }
            if (content < to && bytes[content] == quote) {
                at = quoted(bytes, content + 1, to, ended, row, begin - from);
            } else {
                at = plain(bytes, begin, to, ended);
                if (at >= 0) {
                    int end = at > begin && bytes[at - 1] == '\r' && (at == to || bytes[at] == '\n') ? at - 1 : at;
                    row.add(bytes, begin, end, begin - from);
                }
            }
            if (at < 0) {
                return MORE;
            }
            if (at == to) {
                return to;
            }
            if (bytes[at] == '\n') {
                return at + 1;
            }
            if (bytes[at] == 0 && !nulIsText) {
                return afterNul(bytes, from, at, to, ended);
            }
            at++;
        }
    }

    /** The end of an unquoted field, or {@link #MORE}. */
    private int plain(byte[] bytes, int begin, int to, boolean ended) throws BadValue {
        for (int i = begin; i < to; i++) {
            byte b = bytes[i];
            if (b == delimiter || b == '\n' || b == 0 && !nulIsText) {
                return i;
            }
            if (b == quote) {
                failedAt = i;
                throw invalidQuote();
            }
        }
        return ended ? to : MORE;
    }

    /** The sign behind a quoted field, or {@link #MORE}. */
    private int quoted(byte[] bytes, int begin, int to, boolean ended, Fields row, int position) throws BadValue {
        int at = begin;
        boolean doubled = false;
        while (true) {
            while (at < to && bytes[at] != quote) {
                at++;
            }
            if (at == to || at + 1 == to && !ended) {
                if (!ended) {
                    return MORE;
                }
                failedAt = at;
                throw invalidQuote();
            }
            if (at + 1 == to || bytes[at + 1] != quote) {
                break;
            }
            doubled = true;
            at += 2;
        }
        row.mayHoldNewlines = true;
        if (doubled) {
            undouble(bytes, begin, at, row, position);
        } else {
            row.add(bytes, begin, at, position);
        }
        at++;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r') && bytes[at] != delimiter) {
            at++;
        }
        if (at == to) {
            return ended ? at : MORE;
        }
        if (bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != 0) {
            failedAt = at;
            throw invalidQuote();
        }
        return at;
    }

    private void undouble(byte[] bytes, int begin, int end, Fields row, int position) {
        int start = row.reserve(end - begin);
        byte[] scratch = row.scratch();
        int out = start;
        for (int i = begin; i < end; i++) {
            scratch[out++] = bytes[i];
            i += bytes[i] == quote ? 1 : 0;
        }
        row.reserved(out);
        row.add(scratch, start, out, position);
    }

    /** field: err_code 1214, "Invalid quote formatting for CSV", for {@code aaaa"zzzz} */
    private static BadValue invalidQuote() {
        return new BadValue(BadValue.DELIMITER, "Invalid quote formatting for CSV");
    }

    private int afterNul(byte[] bytes, int from, int at, int to, boolean ended) throws BadValue {
        if (at + 1 == to) {
            return ended ? to : MORE;
        }
        if (bytes[at + 1] == '\n') {
            return at + 2;
        }
        failedAt = at + 1;
        throw missingNewline(bytes[at + 1], at + 1 - from);
    }

    /** NUL ends a record: https://docs.aws.amazon.com/redshift/latest/dg/tutorial-loading-data-run-copy.html shows the message. */
    static BadValue missingNewline(byte found, int position) {
        return new BadValue(
                BadValue.INVALID_LINE,
                String.format(
                        "Missing newline: Unexpected character 0x%02x found at location %d", found & 0xff, position));
    }
}
