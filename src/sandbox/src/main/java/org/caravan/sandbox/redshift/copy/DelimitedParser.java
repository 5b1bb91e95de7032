package org.caravan.sandbox.redshift.copy;

/**
 * Fields between delimiters, with ESCAPE and REMOVEQUOTES:
 * https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-conversion.html.
 */
final class DelimitedParser implements LineParser {
    private final byte delimiter;
    private final boolean escape;
    private final boolean removeQuotes;
    private final boolean nulIsText;
    /** Whether {@code \N}, escaped once more or not, is NULL. */
    private final boolean defaultNull;

    private int failedAt;

    DelimitedParser(DataFormat.Delimited format, boolean nulIsText, boolean defaultNull) {
        this.delimiter = format.delimiter();
        this.escape = format.escape();
        this.removeQuotes = format.removeQuotes();
        this.nulIsText = nulIsText;
        this.defaultNull = defaultNull;
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
            boolean quoted = removeQuotes && at < to && (bytes[at] == '"' || bytes[at] == '\'');
            at = quoted ? closing(bytes, begin, to, ended) : end(bytes, begin, to, ended);
            if (at < 0) {
                return MORE;
            }
            int end = at;
            if (end > begin && bytes[end - 1] == '\r' && (end == to || bytes[end] == '\n')) {
                end--;
            }
            if (quoted) {
                field(bytes, begin + 1, end - 1, begin - from, row);
            } else {
                field(bytes, begin, end, begin - from, row);
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

    private boolean ends(byte b) {
        return b == delimiter || b == '\n' || b == 0 && !nulIsText;
    }

    private int end(byte[] bytes, int begin, int to, boolean ended) {
        int i = begin;
        while (i < to) {
            byte b = bytes[i];
            if (b == delimiter || b == '\n' || b == 0 && !nulIsText) {
                return i;
            }
            i += escape && b == '\\' ? 2 : 1;
        }
        return ended ? to : MORE;
    }

    /** The sign behind the quote that ends the field: the first one that the field's end follows. */
    private int closing(byte[] bytes, int begin, int to, boolean ended) throws BadValue {
        for (int i = begin + 1; i < to; i++) {
            if (escape && bytes[i] == '\\') {
                i++;
                continue;
            }
            if (bytes[i] == bytes[begin]) {
                int after = i + 1 < to && bytes[i + 1] == '\r' ? i + 2 : i + 1;
                if (after >= to && !ended) {
                    return MORE;
                }
                if (after >= to || ends(bytes[after])) {
                    return Math.min(after, to);
                }
            }
            if (bytes[i] == '\n') {
                failedAt = i;
                throw new BadValue(BadValue.DELIMITER, "Delimited value missing end quote");
            }
        }
        if (!ended) {
            return MORE;
        }
        failedAt = to;
        throw new BadValue(BadValue.DELIMITER, "Delimited value missing end quote");
    }

    private void field(byte[] bytes, int begin, int end, int position, Fields row) {
        if (!escape) {
            row.add(bytes, begin, end, position);
            return;
        }
        int first = begin;
        while (first < end && bytes[first] != '\\') {
            first++;
        }
        if (first == end) {
            row.add(bytes, begin, end, position);
            return;
        }
        if (defaultNull && first == begin && bytes[end - 1] == 'N') {
            boolean twice = end - begin == 3 && bytes[begin + 1] == '\\';
            if (end - begin == 2 || twice) {
                row.add(bytes, end - 2, end, position);
                return;
            }
        }
        row.mayHoldNewlines = true;
        int start = row.reserve(end - begin);
        byte[] scratch = row.scratch();
        int out = start;
        for (int i = begin; i < end; i++) {
            if (bytes[i] == '\\' && i + 1 < end) {
                i++;
            }
            scratch[out++] = bytes[i];
        }
        row.reserved(out);
        row.add(scratch, start, out, position);
    }

    private int afterNul(byte[] bytes, int from, int at, int to, boolean ended) throws BadValue {
        if (at + 1 == to) {
            return ended ? to : MORE;
        }
        if (bytes[at + 1] == '\n') {
            return at + 2;
        }
        failedAt = at + 1;
        throw CsvParser.missingNewline(bytes[at + 1], at + 1 - from);
    }
}
