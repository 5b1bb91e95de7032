package org.caravan.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.Vector;

/** One column of text, or of JSON as text, in a CSV file: quotes or escapes its values. */
final class CsvText {
    static final String NO_EMPTY_LINE = "any other, since a line of nothing is skipped by readers";

    private static final byte PLAIN = 0;
    private static final byte NEEDS_QUOTES = 1;
    private static final byte NEEDS_DOUBLING = 2;
    private static final byte NEEDS_CHECK = 4;

    private final TextField field;
    private final CsvOptions options;
    private final byte[] nullText;
    private final boolean onlyColumn;
    /** What each byte asks for. */
    private final byte[] kinds = new byte[256];

    CsvText(Column column, CsvOptions options, boolean onlyColumn) {
        this.field = new TextField(column, options.text().nul());
        this.options = options;
        this.nullText = options.nullText().getBytes(StandardCharsets.US_ASCII);
        this.onlyColumn = onlyColumn;
        Arrays.fill(kinds, 128, 256, NEEDS_CHECK);
        kinds[0] = NEEDS_CHECK;
        kinds['\n'] = NEEDS_QUOTES;
        kinds['\r'] = NEEDS_QUOTES;
        kinds[options.delimiter()] = NEEDS_QUOTES;
        if (options.quoting() == Quoting.NONE) {
            options.escape().ifPresent(escape -> kinds[escape] = NEEDS_QUOTES);
        } else {
            kinds[options.quote()] = NEEDS_QUOTES | NEEDS_DOUBLING;
        }
    }

    /** Appends a row's value, which is not NULL. */
    void put(Vector vector, int row, Buffer out) {
        BytesVector text = (BytesVector) vector;
        int start = text.start(row);
        put(text.data(), start, start + text.length(row), out);
    }

    void put(byte[] data, int from, int to, Buffer out) {
        int length = to - from;
        field.checkLength(length);
        if (length == nullText.length && length > 0 && Arrays.equals(data, from, to, nullText, 0, length)) {
            throw collision();
        }
        int kind = PLAIN;
        for (int i = from; i < to; i++) {
            kind |= kinds[data[i] & 0xFF];
        }
        if ((kind & NEEDS_CHECK) != 0) {
            field.checkCharacters(data, from, to);
        }
        if (options.quoting() == Quoting.NONE) {
            putUnquoted(data, from, to, kind, out);
        } else if ((kind & NEEDS_QUOTES) != 0
                || options.quoting() != Quoting.MINIMAL
                || length == 0
                || isMisread(data[from], data[to - 1])) {
            putQuoted(data, from, to, kind, out);
        } else {
            out.write(data, from, length);
        }
    }

    /**
     * White space at an end may be trimmed by readers; a backslash may begin an end-of-data mark or a NULL of other makes, a hash
     * a comment, and 0xEF a byte order mark.
     */
    private static boolean isMisread(byte first, byte last) {
        return first == ' '
                || first == '\t'
                || first == '\\'
                || first == '#'
                || first == (byte) 0xEF
                || last == ' '
                || last == '\t';
    }

    private void putQuoted(byte[] data, int from, int to, int kind, Buffer out) {
        byte quote = (byte) options.quote();
        out.write(quote);
        if ((kind & NEEDS_DOUBLING) == 0) {
            out.write(data, from, to - from);
        } else {
            for (int i = from; i < to; i++) {
                if (data[i] == quote) {
                    out.write(quote);
                }
                out.write(data[i]);
            }
        }
        out.write(quote);
    }

    private void putUnquoted(byte[] data, int from, int to, int kind, Buffer out) {
        if (from == to && (nullText.length == 0 || onlyColumn)) {
            throw nullText.length == 0
                    ? collision()
                    : field.refusal("an empty text", NO_EMPTY_LINE, "Set quoting=minimal");
        }
        if ((kind & NEEDS_QUOTES) == 0) {
            out.write(data, from, to - from);
            return;
        }
        byte escape = (byte) (char) options.escape()
                .orElseThrow(() -> field.refusal(
                        "text with a delimiter or line break",
                        "text without, since quoting=none and no escape are set",
                        "Set quoting=minimal, or escape=\\"));
        for (int i = from; i < to; i++) {
            if (kinds[data[i] & 0xFF] == NEEDS_QUOTES) {
                out.write(escape);
            }
            out.write(data[i]);
        }
    }

    private Refusal collision() {
        return field.refusal(
                "the text '" + options.nullText() + "'",
                "any other text, since nullText='" + options.nullText() + "' stands for NULL",
                "Set nullText to a text that no value has");
    }
}
