package org.caravan.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks a statement into lines at blanks outside of quotes, so that it stays the same statement. Stateless. */
final class SqlText {
    private SqlText() {}

    /** Lines of at most so many characters, unless a word is longer. */
    static List<String> wrap(String sql, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words(sql)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (line.length() > 0) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Words; a definition such as {@code "name" VARCHAR(10),} stays together. */
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
            } else if (character == ' ' && !isName(word)) {
                words.add(word.toString());
                word.setLength(0);
                continue;
            }
            word.append(character);
        }
        words.add(word.toString());
        return words;
    }

    private static boolean isName(StringBuilder word) {
        return word.length() > 1 && word.charAt(0) == '"' && word.charAt(word.length() - 1) == '"';
    }
}
