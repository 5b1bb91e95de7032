package org.caravan.format;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a CSV file, or one of other delimited text, is written; immutable.
 *
 * @param compression how the whole file is compressed
 * @param level the compression's level; 0 for its default
 * @param delimiter what stands between fields
 * @param quote what stands around quoted fields; within them it is doubled
 * @param quoting which fields are quoted
 * @param escape what stands before special characters of fields without quotes; only with {@link Quoting#NONE}
 * @param lineEnd how a line ends
 * @param header whether the first line has the columns' names
 * @param nullText what stands for NULL; a value that equals it is refused
 * @param nul what to do with NUL characters
 * @param nonFinite what to do with NaN and the infinities
 * @param instants how points in time are written
 * @param maxRowBytes the most bytes of a row before compression
 */
public record CsvOptions(
        Compression compression,
        int level,
        char delimiter,
        char quote,
        Quoting quoting,
        Optional<Character> escape,
        LineEnd lineEnd,
        Header header,
        String nullText,
        NulRule nul,
        NonFinite nonFinite,
        InstantForm instants,
        int maxRowBytes) {
    /**
     * Stands for NULL unless another text is set. Not {@code \N}: whether COPY's NULL AS takes a backslash as an escape is not
     * documented, and NULL AS 'N' would turn the text N into NULL.
     */
    public static final String DEFAULT_NULL_TEXT = "<NULL>";

    private static final Pattern LIKE_A_VALUE =
            Pattern.compile("[-+.\\d].*|true|false|nan|infinity", Pattern.CASE_INSENSITIVE);

    /** Whether the first line has the columns' names. */
    public enum Header {
        NAMES,
        NONE
    }

    public CsvOptions {
        requireNonNull(compression, "compression").level(level);
        requireNonNull(quoting, "quoting");
        requireNonNull(escape, "escape");
        requireNonNull(lineEnd, "lineEnd");
        requireNonNull(header, "header");
        requireNonNull(nullText, "nullText");
        requireNonNull(nul, "nul");
        requireNonNull(nonFinite, "nonFinite");
        requireNonNull(instants, "instants");
        Options.requireBetween("maxRowBytes", maxRowBytes, 1, Options.LARGEST_ROW_BYTES);
        requireSpecial("delimiter", delimiter);
        requireSpecial("quote", quote);
        if (delimiter == quote) {
            throw new IllegalArgumentException(
                    "delimiter and quote are both '" + delimiter + "'; they must be different");
        }
        if (escape.isPresent()) {
            requireEscape(escape.get(), delimiter, quoting);
        }
        requireNullText(nullText, delimiter, quote, escape);
    }

    /** The options for files that COPY loads. */
    public static CsvOptions defaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    private static void requireSpecial(String name, char value) {
        boolean control = value < ' ' && value != '\t';
        if (control || value >= 0x7F || Character.isLetterOrDigit(value) || " +-.:_\\".indexOf(value) >= 0) {
            throw new IllegalArgumentException(String.format(
                    "%s must be one ASCII character that no number, date or name has, such as ',' or a tab, not '%s' (U+%04X)",
                    name, value, (int) value));
        }
    }

    private static void requireEscape(char escape, char delimiter, Quoting quoting) {
        if (quoting != Quoting.NONE) {
            throw new IllegalArgumentException("escape='" + escape + "' needs quoting=none, not " + quoting
                    + ": quoted fields double the quote instead");
        }
        if (escape != '\\') {
            requireSpecial("escape", escape);
        }
        if (escape == delimiter) {
            throw new IllegalArgumentException(
                    "delimiter and escape are both '" + delimiter + "'; they must be different");
        }
    }

    private static void requireNullText(String text, char delimiter, char quote, Optional<Character> escape) {
        boolean special = text.chars()
                .anyMatch(c -> c < ' '
                        || c >= 0x7F
                        || c == delimiter
                        || c == quote
                        || (escape.isPresent() && c == escape.get()));
        if (special || !text.equals(text.strip())) {
            throw new IllegalArgumentException("nullText must be printable ASCII without delimiter, quote, escape"
                    + " and white space at its ends, such as " + DEFAULT_NULL_TEXT + ", not '" + text + "'");
        }
        if (LIKE_A_VALUE.matcher(text).matches()) {
            throw new IllegalArgumentException("nullText must not look like a number, date or boolean, such as "
                    + DEFAULT_NULL_TEXT + ", not '" + text + "'");
        }
    }

    /** Collects options; each that is not set keeps its default. */
    public static final class Builder {
        private Compression compression = Compression.NONE;
        private int level;
        private char delimiter = ',';
        private char quote = '"';
        private Quoting quoting = Quoting.MINIMAL;
        private Optional<Character> escape = Optional.empty();
        private LineEnd lineEnd = LineEnd.LF;
        private Header header = Header.NAMES;
        private String nullText = DEFAULT_NULL_TEXT;
        private NulRule nul = NulRule.REFUSE;
        private NonFinite nonFinite = NonFinite.REFUSE;
        private InstantForm instants = InstantForm.OFFSET;
        private int maxRowBytes = Options.DEFAULT_ROW_BYTES;

        private Builder() {}

        public Builder compression(Compression value) {
            compression = value;
            return this;
        }

        public Builder level(int value) {
            level = value;
            return this;
        }

        public Builder delimiter(char value) {
            delimiter = value;
            return this;
        }

        public Builder quote(char value) {
            quote = value;
            return this;
        }

        public Builder quoting(Quoting value) {
            quoting = value;
            return this;
        }

        public Builder escape(Optional<Character> value) {
            escape = value;
            return this;
        }

        public Builder lineEnd(LineEnd value) {
            lineEnd = value;
            return this;
        }

        public Builder header(Header value) {
            header = value;
            return this;
        }

        public Builder nullText(String value) {
            nullText = value;
            return this;
        }

        public Builder nul(NulRule value) {
            nul = value;
            return this;
        }

        public Builder nonFinite(NonFinite value) {
            nonFinite = value;
            return this;
        }

        public Builder instants(InstantForm value) {
            instants = value;
            return this;
        }

        public Builder maxRowBytes(int value) {
            maxRowBytes = value;
            return this;
        }

        public CsvOptions build() {
            return new CsvOptions(
                    compression,
                    level,
                    delimiter,
                    quote,
                    quoting,
                    escape,
                    lineEnd,
                    header,
                    nullText,
                    nul,
                    nonFinite,
                    instants,
                    maxRowBytes);
        }
    }
}
