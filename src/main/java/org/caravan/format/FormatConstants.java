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

    private FormatConstants() {}
}
