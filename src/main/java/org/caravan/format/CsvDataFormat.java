package org.caravan.format;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.util.Optional;
import org.apache.camel.spi.annotations.Dataformat;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;

/** Marshals rows to a CSV file, or one of other delimited text; see {@link RowsDataFormat}. */
@Dataformat("csv")
public final class CsvDataFormat extends TextDataFormat {
    private String delimiter = ",";
    private String quote = "\"";
    private Quoting quoting = Quoting.MINIMAL;
    private String escape = "";
    private LineEnd lineEnd = LineEnd.LF;
    private boolean header = true;
    private String nullText = CsvOptions.DEFAULT_NULL_TEXT;

    @Override
    public String getDataFormatName() {
        return "csv";
    }

    public String getDelimiter() {
        return delimiter;
    }

    /** What stands between fields: one ASCII character, or comma (the default), tab, pipe or semicolon. */
    public void setDelimiter(String delimiter) {
        this.delimiter = requireNonNull(delimiter, "delimiter");
    }

    public String getQuote() {
        return quote;
    }

    /** What stands around quoted fields: one ASCII character; a double quotation mark by default. */
    public void setQuote(String quote) {
        this.quote = requireNonNull(quote, "quote");
    }

    public Quoting getQuoting() {
        return quoting;
    }

    /** Which fields are quoted: minimal (the default), all, non_numeric or none. */
    public void setQuoting(Quoting quoting) {
        this.quoting = requireNonNull(quoting, "quoting");
    }

    public String getEscape() {
        return escape;
    }

    /** What stands before special characters with quoting=none: one ASCII character, or nothing (the default). */
    public void setEscape(String escape) {
        this.escape = requireNonNull(escape, "escape");
    }

    public LineEnd getLineEnd() {
        return lineEnd;
    }

    /** How a line ends: lf (the default) or crlf. */
    public void setLineEnd(LineEnd lineEnd) {
        this.lineEnd = requireNonNull(lineEnd, "lineEnd");
    }

    public boolean isHeader() {
        return header;
    }

    /** Whether the first line has the columns' names; true by default. */
    public void setHeader(boolean header) {
        this.header = header;
    }

    public String getNullText() {
        return nullText;
    }

    /** What stands for NULL; {@link CsvOptions#DEFAULT_NULL_TEXT} by default. A value that equals it is refused. */
    public void setNullText(String nullText) {
        this.nullText = requireNonNull(nullText, "nullText");
    }

    @Override
    public FileFormat fileFormat(Columns columns) {
        CsvOptions options = options();
        String suffix =
                switch (options.delimiter()) {
                    case ',' -> ".csv";
                    case '\t' -> ".tsv";
                    case '|' -> ".psv";
                    default -> ".txt";
                };
        return new FileFormat(
                "csv",
                suffix + getCompression().suffix(),
                options.delimiter() == '\t' ? FormatConstants.TSV_CONTENT_TYPE : FormatConstants.CSV_CONTENT_TYPE,
                copyOptions(options),
                Optional.empty(),
                CsvEncoder.obstacle(columns, options),
                columns.stored(options::storage));
    }

    @Override
    public String fileType(Column column) {
        return FileTypes.ofText(column, getInstants());
    }

    @Override
    public Encoder encoder(Columns columns, OutputStream out) {
        return new CsvEncoder(columns, options(), out);
    }

    @Override
    void checkOptions() {
        options();
    }

    private static String copyOptions(CsvOptions options) {
        String between = " DELIMITER AS " + literal(options.delimiter() == '\t' ? "\\t" : "" + options.delimiter());
        String format = options.quoting() == Quoting.NONE
                ? between.strip() + " ESCAPE"
                : "FORMAT AS CSV QUOTE AS " + literal("" + options.quote()) + between;
        return format
                + " NULL AS " + literal(options.nullText())
                + (options.header() == CsvOptions.Header.NAMES ? " IGNOREHEADER AS 1" : "")
                + options.text().compression().copyOption();
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private CsvOptions options() {
        return withTextOptions(CsvOptions.builder())
                .delimiter(character("delimiter", delimiter))
                .quote(character("quote", quote))
                .quoting(quoting)
                .escape(escape.isEmpty() ? Optional.empty() : Optional.of(character("escape", escape)))
                .lineEnd(lineEnd)
                .header(header ? CsvOptions.Header.NAMES : CsvOptions.Header.NONE)
                .nullText(nullText)
                .build();
    }

    private static char character(String name, String value) {
        return switch (value) {
            case "comma" -> ',';
            case "tab", "\\t" -> '\t';
            case "pipe" -> '|';
            case "semicolon" -> ';';
            default -> {
                if (value.length() != 1) {
                    throw new IllegalArgumentException(
                            name + " must be one character, or comma, tab, pipe or semicolon; not '" + value + "'");
                }
                yield value.charAt(0);
            }
        };
    }
}
