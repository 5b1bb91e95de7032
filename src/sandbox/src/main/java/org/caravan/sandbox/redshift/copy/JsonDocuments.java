package org.caravan.sandbox.redshift.copy;

import java.util.Optional;

/** Finds where the objects and arrays of a file begin and end, by their brackets alone; after a mistake it goes on at the next line. */
final class JsonDocuments {
    private final RowBytes bytes;
    private long line = 1;
    private Optional<BadValue> problem = Optional.empty();

    /** @param skippedLines how many lines the file begins with that are not read */
    JsonDocuments(RowBytes bytes, int skippedLines) throws CopyFailure.Thrown {
        this.bytes = bytes;
        while (line <= skippedLines && bytes.skipLine()) {
            line++;
        }
    }

    /** Why the current document is none. */
    Optional<BadValue> problem() {
        return problem;
    }

    /** Points the row at the next document; false at the end of the file. */
    boolean next(Fields row) throws CopyFailure.Thrown {
        if (!skipSpace()) {
            return false;
        }
        row.clear();
        row.line = line;
        byte first = bytes.bytes()[bytes.start()];
        int length = first == '{' || first == '[' ? length() : 0;
        problem = length > 0
                ? Optional.empty()
                : Optional.of(
                        bytes.isTooLong()
                                ? new BadValue(BadValue.INVALID_LINE, "JSON object is longer than 4 MB")
                                : new BadValue(BadValue.INVALID_LINE, "Invalid JSON: expected an object or an array"));
        row.raw = bytes.bytes();
        row.rawFrom = bytes.start();
        row.rawTo = bytes.start() + length;
        if (problem.isPresent()) {
            int end = bytes.start();
            while (end < bytes.limit() && bytes.bytes()[end] != '\n') {
                end++;
            }
            row.rawTo = end;
            bytes.advance(end);
            return true;
        }
        count(bytes.start(), row.rawTo);
        // "in the case of COPY from JSON, the line number of the last line of the JSON object with the error":
        // https://docs.aws.amazon.com/redshift/latest/dg/r_STL_LOAD_ERRORS.html
        row.line = line;
        bytes.advance(row.rawTo);
        return true;
    }

    private void count(int from, int to) {
        for (int i = from; i < to; i++) {
            line += bytes.bytes()[i] == '\n' ? 1 : 0;
        }
    }

    private boolean skipSpace() throws CopyFailure.Thrown {
        while (true) {
            int at = bytes.start();
            while (at < bytes.limit() && isSpace(bytes.bytes()[at])) {
                line += bytes.bytes()[at] == '\n' ? 1 : 0;
                at++;
            }
            bytes.advance(at);
            if (at < bytes.limit()) {
                return true;
            }
            if (!bytes.more()) {
                return false;
            }
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** The number of bytes to the bracket that closes the first one; 0 if there is none, or only behind 4 MB. */
    private int length() throws CopyFailure.Thrown {
        int at = 0;
        int depth = 0;
        boolean string = false;
        while (true) {
            for (; bytes.start() + at < bytes.limit(); at++) {
                byte b = bytes.bytes()[bytes.start() + at];
                if (string) {
                    if (b == '\\') {
                        at++;
                    } else {
                        string = b != '"';
                    }
                } else if (b == '"') {
                    string = true;
                } else if (b == '{' || b == '[') {
                    depth++;
                } else if ((b == '}' || b == ']') && --depth == 0) {
                    return at >= RowBytes.MAX_ROW ? 0 : at + 1;
                }
            }
            if (bytes.isTooLong() || !bytes.more()) {
                return 0;
            }
        }
    }
}
