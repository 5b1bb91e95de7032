package org.caravan.sandbox.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes rows in the text format of PostgreSQL's {@code COPY}: tabs between fields, a line feed after a row, {@code \N} for
 * NULL, a backslash before what would be mistaken for one of these
 * (https://www.postgresql.org/docs/17/sql-copy.html, "Text Format").
 *
 * <p>Exact: money is written from whole cents, never through a double. Not thread-safe; the caller closes the stream below.
 */
final class CopyText {
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream out;
    private final StringBuilder buffer = new StringBuilder(BUFFER_BYTES + 4096);
    private boolean rowStarted;

    CopyText(OutputStream out) {
        this.out = out;
    }

    CopyText number(long value) {
        separate();
        buffer.append(value);
        return this;
    }

    /** A number with two decimal places, given in hundredths. */
    CopyText hundredths(long value) {
        separate();
        long magnitude = Math.abs(value);
        if (value < 0) {
            buffer.append('-');
        }
        buffer.append(magnitude / 100).append('.');
        long rest = magnitude % 100;
        buffer.append((char) ('0' + rest / 10)).append((char) ('0' + rest % 10));
        return this;
    }

    CopyText text(String value) {
        separate();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> buffer.append("\\\\");
                case '\t' -> buffer.append("\\t");
                case '\n' -> buffer.append("\\n");
                case '\r' -> buffer.append("\\r");
                default -> buffer.append(c);
            }
        }
        return this;
    }

    /** The text, or NULL. */
    CopyText text(Optional<String> value) {
        if (value.isPresent()) {
            return text(value.get());
        }
        separate();
        buffer.append("\\N");
        return this;
    }

    void endRow() throws IOException {
        buffer.append('\n');
        rowStarted = false;
        if (buffer.length() >= BUFFER_BYTES) {
            flush();
        }
    }

    /** Writes what is buffered; call it after the last row. */
    void flush() throws IOException {
        out.write(buffer.toString().getBytes(StandardCharsets.UTF_8));
        buffer.setLength(0);
    }

    private void separate() {
        if (rowStarted) {
            buffer.append('\t');
        }
        rowStarted = true;
    }
}
