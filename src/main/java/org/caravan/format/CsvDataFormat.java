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
public final class CsvDataFormat extends RowsDataFormat {
    private Compression compression = Compression.NONE;
    private int level;
    private String delimiter = ",";
    private String quote = "\"";
    private Quoting quoting = Quoting.MINIMAL;
    private String escape = "";
    private LineEnd lineEnd = LineEnd.LF;
    private boolean header = true;
    private String nullText = CsvOptions.DEFAULT_NULL_TEXT;
    private NulRule nul = NulRule.REFUSE;
    private NonFinite nonFinite = NonFinite.REFUSE;
    private InstantForm instants = InstantForm.OFFSET;
    private int maxRowBytes = Options.DEFAULT_ROW_BYTES;

    @Override
    public String getDataFormatName() {
        return "csv";
    }

    public Compression getCompression() {
        return compression;
    }

    /** How the file is compressed: none (the default), gzip, zstd or bzip2. */
    public void setCompression(Compression compression) {
        this.compression = requireNonNull(compression, "compression");
    }

    public int getLevel() {
        return level;
    }

    /** The compression's level; 0, the default, takes 4 for gzip, 1 for zstd and 9 for bzip2. */
    public void setLevel(int level) {
        this.level = level;
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

    public NulRule getNul() {
        return nul;
    }

    /** What to do with NUL characters: refuse (the default) or keep. */
    public void setNul(NulRule nul) {
        this.nul = requireNonNull(nul, "nul");
    }

    public NonFinite getNonFinite() {
        return nonFinite;
    }

    /** What to do with NaN and the infinities: refuse (the default) or text. */
    public void setNonFinite(NonFinite nonFinite) {
        this.nonFinite = requireNonNull(nonFinite, "nonFinite");
    }

    public InstantForm getInstants() {
        return instants;
    }

    /** How points in time are written: offset (the default) or utc. */
    public void setInstants(InstantForm instants) {
        this.instants = requireNonNull(instants, "instants");
    }

    public int getMaxRowBytes() {
        return maxRowBytes;
    }

    /** The most bytes of a row before compression; 4,000,000 by default, which COPY loads. */
    public void setMaxRowBytes(int maxRowBytes) {
        this.maxRowBytes = maxRowBytes;
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
                suffix + compression.suffix(),
                options.delimiter() == '\t' ? FormatConstants.TSV_CONTENT_TYPE : FormatConstants.CSV_CONTENT_TYPE,
                copyOptions(options),
                Optional.empty(),
                CsvEncoder.obstacle(columns, options),
                columns.stored(options.quoting() == Quoting.NONE ? Staging::ofText : Staging::ofCsv));
    }

    @Override
    public String fileType(Column column) {
        return FileTypes.ofText(column, instants);
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
                + options.compression().copyOption();
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private CsvOptions options() {
        return CsvOptions.builder()
                .compression(compression)
                .level(level)
                .delimiter(character("delimiter", delimiter))
                .quote(character("quote", quote))
                .quoting(quoting)
                .escape(escape.isEmpty() ? Optional.empty() : Optional.of(character("escape", escape)))
                .lineEnd(lineEnd)
                .header(header ? CsvOptions.Header.NAMES : CsvOptions.Header.NONE)
                .nullText(nullText)
                .nul(nul)
                .nonFinite(nonFinite)
                .instants(instants)
                .maxRowBytes(maxRowBytes)
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
