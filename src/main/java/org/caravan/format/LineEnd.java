package org.caravan.format;

/** How a line of a CSV file ends. */
public enum LineEnd {
    LF("\n"),
    /** As RFC 4180 has it; COPY documents the newline only. */
    CRLF("\r\n");

    private final String text;

    LineEnd(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
