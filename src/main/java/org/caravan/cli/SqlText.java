package org.caravan.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks a statement into lines at blanks outside of quotes, so that it stays the same statement. Stateless. */
final class SqlText {
    private SqlText() {}

    /** Lines of at most so many characters, unless a word is longer; broken after commas where that is possible. */
    static List<String> wrap(String sql, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        List<String> item = new ArrayList<>();
        for (String word : words(sql)) {
            item.add(word);
            if (word.endsWith(",")) {
                place(item, line, lines, width);
            }
        }
        place(item, line, lines, width);
        lines.add(line.toString());
        return lines;
    }

    /** Puts words in the line if all have room there, else in the next if all have room there, else as many as have. */
    private static void place(List<String> item, StringBuilder line, List<String> lines, int width) {
        String whole = String.join(" ", item);
        List<String> words = whole.length() <= width ? List.of(whole) : List.copyOf(item);
        for (String word : words) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 && !word.isEmpty() ? " " : "").append(word);
        }
        item.clear();
    }

    private static List<String> words(String sql) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < sql.length(); i++) {
            char character = sql.charAt(i);
            if (quote != 0) {
                quote = character == quote ? 0 : quote;
            } else if (character == '\'' || character == '"' || character == '`') {
                quote = character;
            } else if (character == ' ') {
                words.add(word.toString());
                word.setLength(0);
                continue;
            }
            word.append(character);
        }
        words.add(word.toString());
        return words;
    }
}
