package org.caravan.format;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.Vector;

/**
 * Writes a CSV file, or one of other delimited text, straight from column batches, in the form that Redshift's COPY reads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
public final class CsvEncoder extends RowEncoder {
    private final CsvOptions options;
    private final TextOutput text;
    private final Cell[] cells;
    private final byte[] nullText;
    private final byte[] lineEnd;
    private boolean begun;

    /** Writes one column's values that are not NULL. */
    @FunctionalInterface
    private interface Cell {
        void put(Vector vector, int row, Buffer out);
    }

    /**
     * Begins a file; nothing is written yet.
     *
     * @throws FormatException if a line of NULL alone would be empty
     */
    public CsvEncoder(Columns columns, CsvOptions options, OutputStream out) {
        super(columns, out);
        this.options = requireNonNull(options, "options");
        this.text = new TextOutput(options.text(), this.out);
        this.cells = columns.stream().map(this::cell).toArray(Cell[]::new);
        this.nullText = options.nullText().getBytes(StandardCharsets.US_ASCII);
        this.lineEnd = options.lineEnd().text().getBytes(StandardCharsets.US_ASCII);
        if (nullText.length == 0 && columns.size() == 1) {
            throw new FormatException("With one column ('" + columns.get(0).name()
                    + "') and an empty nullText a row of NULL is an empty line, which readers skip; set nullText, such as to "
                    + CsvOptions.DEFAULT_NULL_TEXT);
        }
    }

    @Override
    void writeRow(Batch batch, int row) throws IOException {
        writeHeadOnce();
        Buffer line = text.buffer();
        int start = line.size();
        for (int column = 0; column < cells.length; column++) {
            if (column > 0) {
                line.write(options.delimiter());
            }
            Vector vector = batch.vector(column);
            if (vector.isNull(row)) {
                line.write(nullText, 0, nullText.length);
            } else {
                cells[column].put(vector, row, line);
            }
        }
        line.write(lineEnd, 0, lineEnd.length);
        requireFits(line.size() - start, options.text().maxRowBytes());
        text.endRow();
    }

    @Override
    public long encodedBytes() {
        return text.encodedBytes();
    }

    @Override
    void finishFile() throws IOException {
        writeHeadOnce();
        text.finish();
    }

    @Override
    void free() {
        text.close();
    }

    private void writeHeadOnce() {
        if (begun) {
            return;
        }
        begun = true;
        if (options.header() == CsvOptions.Header.NAMES) {
            Buffer line = text.buffer();
            for (int column = 0; column < columns.size(); column++) {
                if (column > 0) {
                    line.write(options.delimiter());
                }
                putName(columns.get(column), line);
            }
            line.write(lineEnd, 0, lineEnd.length);
        }
    }

    private void putName(Column column, Buffer line) {
        byte[] name = column.name().getBytes(StandardCharsets.UTF_8);
        Column named = new Column(column.name(), new ColumnType.Text(ColumnType.MAX_TEXT_BYTES), false);
        try {
            new CsvText(named, options, columns.size() == 1).put(name, 0, name.length, line);
        } catch (Refusal e) {
            throw new FormatException("The name of column '" + column.name()
                    + "' cannot stand in the file's header; give it an alias in the SQL, or set header=false");
        }
    }

    private Cell cell(Column column) {
        if (TextField.holds(column.type())) {
            return new CsvText(column, options, columns.size() == 1)::put;
        }
        if (column.type() instanceof ColumnType.Binary) {
            return new CsvBinary(column, options, columns.size() == 1)::put;
        }
        Field field =
                Field.of(column, options.text().nonFinite(), options.text().instants());
        if (!isQuoted(column.type())) {
            return field::putText;
        }
        char quote = options.quote();
        return (vector, row, out) -> {
            out.write(quote);
            field.putText(vector, row, out);
            out.write(quote);
        };
    }

    private boolean isQuoted(ColumnType type) {
        return switch (options.quoting()) {
            case ALL -> true;
            case NON_NUMERIC -> !isNumeric(type);
            case MINIMAL, NONE -> false;
        };
    }

    private static boolean isNumeric(ColumnType type) {
        return type instanceof ColumnType.Int
                || type instanceof ColumnType.FloatingPoint
                || type instanceof ColumnType.Decimal;
    }

    /** Why COPY cannot load files with these options, if so. */
    static Optional<String> obstacle(Columns columns, CsvOptions options) {
        if (options.quoting() == Quoting.NONE && !options.escape().equals(Optional.of('\\'))) {
            return Optional.of(
                    "COPY needs quotes, or backslashes before special characters; set quoting=minimal, or escape=\\");
        }
        if (options.lineEnd() != LineEnd.LF) {
            return Optional.of("COPY documents no line end but the newline; set lineEnd=lf");
        }
        if (options.nullText().isEmpty()) {
            return Optional.of(
                    "COPY reads NULL and empty text alike if nullText is empty; set it to a text that no value"
                            + " has, such as " + CsvOptions.DEFAULT_NULL_TEXT);
        }
        if (options.nullText().indexOf('\\') >= 0) {
            return Optional.of(
                    "how COPY reads a backslash in NULL AS is not documented; set nullText to a text without, such as "
                            + CsvOptions.DEFAULT_NULL_TEXT);
        }
        boolean longHeader = columns.stream().anyMatch(column -> column.name().matches("(?s).*[\r\n].*"));
        if (options.header() == CsvOptions.Header.NAMES && longHeader) {
            return Optional.of("a column's name has a line break, and IGNOREHEADER counts lines; set header=false");
        }
        return options.text().obstacle();
    }
}
