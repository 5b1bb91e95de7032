package org.caravan.format;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Storage;

/**
 * How a CSV file, or one of other delimited text, is written; immutable.
 *
 * @param text what every file of text has
 * @param delimiter what stands between fields
 * @param quote what stands around quoted fields; within them it is doubled
 * @param quoting which fields are quoted
 * @param escape what stands before special characters of fields without quotes; only with {@link Quoting#NONE}
 * @param lineEnd how a line ends
 * @param header whether the first line has the columns' names
 * @param nullText what stands for NULL; a value that equals it is refused
 */
public record CsvOptions(
        TextOptions text,
        char delimiter,
        char quote,
        Quoting quoting,
        Optional<Character> escape,
        LineEnd lineEnd,
        Header header,
        String nullText) {
    /**
     * Stands for NULL unless another text is set. Not {@code \N}: whether COPY's NULL AS takes a backslash as an escape is not
     * documented, and NULL AS 'N' would turn the text N into NULL.
     */
    public static final String DEFAULT_NULL_TEXT = "<NULL>";

    private static final Pattern LIKE_A_VALUE =
            Pattern.compile("[-+.\\d].*|true|false|nan|infinity|([0-9a-f]{2})+", Pattern.CASE_INSENSITIVE);

    /** Whether the first line has the columns' names. */
    public enum Header {
        NAMES,
        NONE
    }

    public CsvOptions {
        requireNonNull(text, "text");
        requireNonNull(quoting, "quoting");
        requireNonNull(escape, "escape");
        requireNonNull(lineEnd, "lineEnd");
        requireNonNull(header, "header");
        requireNonNull(nullText, "nullText");
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

    /** How a table that COPY loads the file into holds a column. */
    Storage storage(ColumnType type) {
        return quoting == Quoting.NONE ? Staging.ofText(type) : Staging.ofCsv(type);
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
            throw new IllegalArgumentException(
                    "nullText must not look like a number, date, boolean or hexadecimal digits; take one such as "
                            + DEFAULT_NULL_TEXT + ", not '" + text + "'");
        }
    }

    /** Collects options; each that is not set keeps its default. */
    public static final class Builder extends TextOptions.Builder<Builder> {
        private char delimiter = ',';
        private char quote = '"';
        private Quoting quoting = Quoting.MINIMAL;
        private Optional<Character> escape = Optional.empty();
        private LineEnd lineEnd = LineEnd.LF;
        private Header header = Header.NAMES;
        private String nullText = DEFAULT_NULL_TEXT;

        private Builder() {}

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

        @Override
        Builder self() {
            return this;
        }

        public CsvOptions build() {
            return new CsvOptions(text(), delimiter, quote, quoting, escape, lineEnd, header, nullText);
        }
    }
}
