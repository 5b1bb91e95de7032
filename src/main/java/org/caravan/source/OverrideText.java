package org.caravan.source;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a list such as {@code amount.type=decimal(12,2), "home, town".rename="Home Town"}: a comma inside brackets or quotes
 * separates nothing, and a quote inside quotes is written twice. Used once.
 */
final class OverrideText {
    /** One {@code key=value} of the list. */
    record Entry(String key, String value) {}

    private final String text;
    private int position;

    private OverrideText(String text) {
        this.text = text;
    }

    /** The entries; an {@link IllegalArgumentException} says where the text cannot be read. */
    static List<Entry> entries(String text) {
        OverrideText reader = new OverrideText(text.strip());
        List<Entry> entries = new ArrayList<>();
        while (reader.position < reader.text.length()) {
            int start = reader.position;
            String key = reader.until("=,").strip();
            if (!reader.takes('=') || key.isEmpty()) {
                throw new IllegalArgumentException("columns='" + text + "' cannot be read from '"
                        + reader.text.substring(start).strip()
                        + "' on; write column.word=value, column.word=value, such as amount.type=decimal(12,2)");
            }
            entries.add(new Entry(key, reader.until(",").strip()));
            reader.takes(',');
        }
        return entries;
    }

    private boolean takes(char c) {
        if (position < text.length() && text.charAt(position) == c) {
            position++;
            return true;
        }
        return false;
    }

    /** The text up to one of some characters, without the quotes around parts of it. */
    private String until(String ends) {
        StringBuilder part = new StringBuilder();
        int depth = 0;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                quoted(part);
                continue;
            }
            if (depth == 0 && ends.indexOf(c) >= 0) {
                break;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            part.append(c);
            position++;
        }
        return part.toString();
    }

    private void quoted(StringBuilder part) {
        int start = position++;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c != '"') {
                part.append(c);
            } else if (!takes('"')) {
                return;
            } else {
                part.append('"');
            }
        }
        throw new IllegalArgumentException(
                "columns='" + text + "' has a quote without its other from '" + text.substring(start) + "' on");
    }
}
