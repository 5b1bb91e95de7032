package org.caravan.source.postgres;

import java.util.Locale;

/** The words of a statement; stateless. */
final class SqlText {
    private SqlText() {}

    /** A statement's first word in upper case, after comments and opening brackets; empty if it begins with none. */
    static String firstWord(String sql) {
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", at)) {
                at = afterComment(sql, at);
            } else if (Character.isWhitespace(c) || c == '(') {
                at++;
            } else {
                break;
            }
        }
        int start = at;
        while (at < sql.length() && Character.isLetter(sql.charAt(at))) {
            at++;
        }
        return sql.substring(start, at).toUpperCase(Locale.ROOT);
    }

    /** The position after a comment, within which PostgreSQL allows others. */
    private static int afterComment(String sql, int from) {
        int at = from;
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
        return at;
    }
}
