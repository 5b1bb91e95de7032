package org.caravan.format;

/** Names that data formats and routes share. */
public final class FormatConstants {
    /** Exchange property: the {@link PartSource} that was encoded last. */
    public static final String PART = "CaravanPart";

    /** Header: the rows that the marshalled body holds ({@code Long}). */
    public static final String ROWS = "CamelCaravanRows";

    /** Header: the bytes of the marshalled body ({@code Long}). */
    public static final String BYTES = "CamelCaravanBytes";

    /**
     * The media type of a Parquet file, as registered at
     * <a href="https://www.iana.org/assignments/media-types/application/vnd.apache.parquet">IANA</a>.
     */
    public static final String PARQUET_CONTENT_TYPE = "application/vnd.apache.parquet";

    /** The media type of Avro's binary encoding, as the Avro specification has it for HTTP. */
    public static final String AVRO_CONTENT_TYPE = "avro/binary";

    /** The media type of CSV files; see <a href="https://www.rfc-editor.org/rfc/rfc4180#section-3">RFC 4180</a>. */
    public static final String CSV_CONTENT_TYPE = "text/csv";

    /** The media type of tab-separated files, as registered at IANA. */
    public static final String TSV_CONTENT_TYPE = "text/tab-separated-values";

    /** The media type that <a href="https://github.com/ndjson/ndjson-spec">newline-delimited JSON</a> asks for. */
    public static final String JSON_LINES_CONTENT_TYPE = "application/x-ndjson";

    private FormatConstants() {}
}
