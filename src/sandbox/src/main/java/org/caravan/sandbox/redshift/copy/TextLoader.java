package org.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Loads files of lines: CSV, delimited text and fixed widths. Holds one row in memory, and what is read with it. */
final class TextLoader implements FileLoader {
    private static final int FLUSH = 1 << 16;

    private final S3Objects s3;
    private final CopyOptions options;
    private final LineParser parser;
    private final RowWriter writer;
    private final Fields row;
    /** Whether the last field may be followed by one more delimiter, as in TPC-H's own files. */
    private final boolean delimiterEndsLine;

    /** How many lines the last row took. */
    private long lines;

    TextLoader(S3Objects s3, CopyStatement statement, CopyTarget target, RowErrors errors) throws CopyFailure.Thrown {
        this.s3 = s3;
        this.options = statement.options();
        Optional<String> nullAs = options.conversion().nullAs();
        boolean nulIsText = nullAs.equals(Optional.of("\0"));
        DataFormat format = statement.format();
        this.parser = format instanceof DataFormat.Csv csv
                ? new CsvParser(csv, nulIsText)
                : format instanceof DataFormat.Delimited delimited
                        ? new DelimitedParser(delimited, nulIsText, nullAs.isEmpty())
                        : new FixedWidthParser((DataFormat.FixedWidth) format);
        this.delimiterEndsLine = format instanceof DataFormat.Delimited;
        byte[] nullText = nullAs.orElse("\\N").getBytes(StandardCharsets.UTF_8);
        this.writer = new RowWriter(target, options, Optional.of(nullText), errors);
        this.row = new Fields(writer.size() + 1);
    }

    @Override
    public long load(S3Objects.Found file, RowBuffer out, Sink sink) throws IOException, CopyFailure.Thrown {
        writer.file(file.file());
        long rows = 0;
        try (FileInput input = FileInput.open(s3, file.file(), options)) {
            RowBytes bytes = new RowBytes(input);
            long line = 1;
            while (line <= options.ignoreHeader() && bytes.skipLine()) {
                line++;
            }
            while (bytes.start() < bytes.limit() || bytes.more() && bytes.start() < bytes.limit()) {
                row.line = line;
                rows += next(bytes, out) ? 1 : 0;
                line += lines;
                if (out.size() >= FLUSH && !sink.accept(out)) {
                    return rows;
                }
            }
        }
        return rows;
    }

    /** Loads the row that begins here and goes to the next one; false if it was ignored or rejected. */
    private boolean next(RowBytes bytes, RowBuffer out) throws IOException, CopyFailure.Thrown {
        while (true) {
            row.clear();
            int next;
            try {
                next = parser.parse(bytes.bytes(), bytes.start(), bytes.limit(), bytes.ended(), row);
            } catch (BadValue e) {
                return malformed(bytes, e);
            }
            if (next != LineParser.MORE) {
                return complete(bytes, next, out);
            }
            if (bytes.isTooLong()) {
                row.raw = bytes.bytes();
                row.rawFrom = bytes.start();
                row.rawTo = bytes.limit();
                writer.reject(row, tooLong());
                lines = 1;
                bytes.skipLine();
                return false;
            }
            bytes.more();
        }
    }

    private boolean malformed(RowBytes bytes, BadValue why) throws IOException, CopyFailure.Thrown {
        // The next line is where the parser gave up, or, if a quote swallowed the rest of the file, the next one of
        // all.
        int start = bytes.start();
        int failed = Math.min(parser.failedAt(), bytes.limit());
        boolean swallowed = failed == bytes.limit() && bytes.ended();
        int resume = swallowed ? start : failed;
        int end = resume;
        while (end < bytes.limit() && bytes.bytes()[end] != '\n') {
            end++;
        }
        row.raw = bytes.bytes();
        row.rawFrom = start;
        row.rawTo = end;
        lines = 1 + count(bytes.bytes(), start, end);
        bytes.advance(resume);
        writer.reject(row, why);
        bytes.skipLine();
        return false;
    }

    private boolean complete(RowBytes bytes, int next, RowBuffer out) throws IOException, CopyFailure.Thrown {
        byte[] all = bytes.bytes();
        int start = bytes.start();
        int end = next > start && all[next - 1] == '\n' ? next - 1 : next;
        lines = 1 + (row.mayHoldNewlines ? count(all, start, end) : 0);
        bytes.advance(next);
        row.raw = all;
        row.rawFrom = start;
        row.rawTo = end > start && all[end - 1] == '\r' ? end - 1 : end;
        boolean empty = row.rawFrom == row.rawTo;
        if (empty && options.ignoreBlankLines()) {
            return false;
        }
        Optional<BadValue> problem = end - start > RowBytes.MAX_ROW ? Optional.of(tooLong()) : shape(empty);
        if (problem.isPresent()) {
            writer.reject(row, problem.get());
            return false;
        }
        return writer.write(row, options.fillRecord(), out);
    }

    private static BadValue tooLong() {
        return new BadValue(BadValue.INVALID_LINE, "Input line is longer than 4 MB");
    }

    private static long count(byte[] bytes, int from, int to) {
        long newlines = 0;
        for (int i = from; i < to; i++) {
            newlines += bytes[i] == '\n' ? 1 : 0;
        }
        return newlines;
    }

    /** Whether the row has the fields that the columns want. */
    private Optional<BadValue> shape(boolean empty) {
        int columns = writer.size();
        if (row.count == columns) {
            return Optional.empty();
        }
        if (row.count > columns) {
            boolean closed = delimiterEndsLine && row.count == columns + 1 && row.from[columns] == row.to[columns];
            return closed
                    ? Optional.empty()
                    : Optional.of(new BadValue(BadValue.EXTRA_COLUMNS, "Extra column(s) found"));
        }
        if (options.fillRecord()) {
            return Optional.empty();
        }
        return Optional.of(
                empty
                        ? new BadValue(BadValue.NO_DATA, "Input line contained no data")
                        : new BadValue(BadValue.DELIMITER, "Delimiter not found"));
    }
}
