package org.caravan.sandbox.databricks;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits an SQL text of the Spark dialect into tokens, leaving out white space and comments.
 *
 * <p>Strings take {@code '…'} or {@code "…"} with backslash escapes or a doubled quote, identifiers {@code `…`} with a doubled
 * backtick, raw strings {@code r'…'}, and bracketed comments nest (SqlBaseLexer.g4 of Spark). Text that is not closed ends at
 * the end of input; Spark's own parser then reports it.
 */
final class SqlTokens {
    enum Kind {
        WORD,
        NUMBER,
        STRING,
        IDENTIFIER,
        SYMBOL
    }

    /** One token: {@code text} is unquoted; {@code start} and {@code end} are offsets in the SQL text. */
    record Token(Kind kind, String text, int start, int end) {
        boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }

        boolean isSymbol(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }
    }

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    static List<Token> of(String sql) {
        return List.copyOf(new SqlTokens(sql).read());
    }

    private List<Token> read() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", at)) {
                skipComment();
            } else if (c == '\'' || c == '"') {
                string(at, true);
            } else if (c == '`') {
                identifier();
            } else if ((c == 'r' || c == 'R') && (peek(1) == '\'' || peek(1) == '"')) {
                int start = at++;
                string(start, false);
            } else if (Character.isLetter(c) || c == '_') {
                word(Kind.WORD);
            } else if (Character.isDigit(c)) {
                word(Kind.NUMBER);
            } else {
                tokens.add(new Token(Kind.SYMBOL, String.valueOf(c), at, at + 1));
                at++;
            }
        }
        return tokens;
    }

    private char peek(int distance) {
        return at + distance < sql.length() ? sql.charAt(at + distance) : '\0';
    }

    private void skipComment() {
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
    }

    private void string(int start, boolean escapes) {
        char quote = sql.charAt(at++);
        StringBuilder text = new StringBuilder();
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (escapes && c == '\\' && at < sql.length()) {
                text.append(unescape(sql.charAt(at++)));
            } else if (c != quote) {
                text.append(c);
            } else if (escapes && peek(0) == quote) {
                text.append(quote);
                at++;
            } else {
                break;
            }
        }
        tokens.add(new Token(Kind.STRING, text.toString(), start, at));
    }

    private static char unescape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case '0' -> '\0';
            default -> c;
        };
    }

    private void identifier() {
        int start = at++;
        StringBuilder text = new StringBuilder();
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c != '`') {
                text.append(c);
            } else if (peek(0) == '`') {
                text.append('`');
                at++;
            } else {
                break;
            }
        }
        tokens.add(new Token(Kind.IDENTIFIER, text.toString(), start, at));
    }

    private void word(Kind kind) {
        int start = at;
        while (at < sql.length() && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_')) {
            at++;
        }
        tokens.add(new Token(kind, sql.substring(start, at), start, at));
    }
}
