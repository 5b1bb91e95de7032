package org.caravan.source.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words and the end of a statement; stateless. */
public final class SqlText {
    private SqlText() {}

    /**
     * A word, a literal, or one other character of a statement.
     *
     * @param start its position
     * @param end the position after it
     */
    record Token(String text, int start, int end) {
        /** Whether it is this word, whatever its case; a name in quotation marks is none. */
        boolean is(String word) {
            return text.equalsIgnoreCase(word);
        }
    }

    /** A statement's tokens, without comments; empty if a literal's end is not sure. */
    static Optional<List<Token>> tokens(String sql) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < sql.length()) {
            if (isComment(sql, at)) {
                at = afterComment(sql, at);
            } else if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else {
                int end = afterToken(sql, at);
                if (end < 0) {
                    return Optional.empty();
                }
                tokens.add(new Token(sql.substring(at, end), at, end));
                at = end;
            }
        }
        return Optional.of(tokens);
    }

    /**
     * The position after the comment, literal or quoted name that begins at a position, the position itself if none does, or -1 if
     * its end is not sure.
     */
    public static int afterSkipped(String sql, int at) {
        if (isComment(sql, at)) {
            return afterComment(sql, at);
        }
        char c = sql.charAt(at);
        if (c == '\'' || c == '"' || c == '`') {
            int end = sql.indexOf(c, at + 1);
            // A backslash before anything but a quotation mark ends no literal, whatever it means.
            boolean isSure = end >= 0 && sql.charAt(end - 1) != '\\';
            return isSure ? end + 1 : -1;
        }
        return c == '$' ? afterDollar(sql, at) : at;
    }

    /** A statement's first word in upper case, after comments and opening brackets; empty if it begins with none. */
    static String firstWord(String sql) {
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (isComment(sql, at)) {
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

    /**
     * A statement without the semicolons at its end, the comments that follow them, and blanks around it. What is not surely a
     * statement's end is left to the database: a second statement, or a literal that is not closed or has a backslash, which ends a
     * literal in one database and not in another.
     */
    public static String withoutSemicolon(String sql) {
        String text = sql.strip();
        int end = -1;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isComment(text, at)) {
                at = afterComment(text, at);
            } else if (c == ';') {
                end = end < 0 ? at : end;
                at++;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                end = -1;
                int next = afterToken(text, at);
                if (next < 0) {
                    return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
                }
                at = next;
            }
        }
        return end < 0 ? text : text.substring(0, end).strip();
    }

    /** The position after a literal, a name or any other character; -1 if a literal's end is not sure. */
    private static int afterToken(String sql, int from) {
        char c = sql.charAt(from);
        if (c == '\'' || c == '"' || c == '`') {
            int end = sql.indexOf(c, from + 1);
            boolean isSure = end >= 0 && sql.substring(from, end).indexOf('\\') < 0;
            return isSure ? end + 1 : -1;
        }
        if (c == '$') {
            return afterDollar(sql, from);
        }
        int at = from + 1;
        if (Character.isJavaIdentifierPart(c)) {
            while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    /** The position after a literal between two of PostgreSQL's dollar marks, or after a dollar that begins none. */
    private static int afterDollar(String sql, int from) {
        int tag = from + 1;
        while (tag < sql.length() && sql.charAt(tag) != '$' && Character.isJavaIdentifierPart(sql.charAt(tag))) {
            tag++;
        }
        if (tag == sql.length() || sql.charAt(tag) != '$') {
            return tag;
        }
        String mark = sql.substring(from, tag + 1);
        int end = sql.indexOf(mark, tag + 1);
        return end < 0 ? -1 : end + mark.length();
    }

    private static boolean isComment(String sql, int at) {
        return sql.startsWith("--", at) || sql.startsWith("/*", at);
    }

    /** The position after a comment; PostgreSQL allows others within one between brackets. */
    private static int afterComment(String sql, int from) {
        if (sql.startsWith("--", from)) {
            int end = sql.indexOf('\n', from);
            return end < 0 ? sql.length() : end;
        }
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
