package org.caravan.sandbox.redshift.syntax;

import java.util.ArrayList;
import java.util.List;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * Cuts SQL text into tokens. Joined again, the tokens give the text back, character by character.
 *
 * <p>A backslash escapes in every string literal, as in PostgreSQL 8.0, on which Redshift is based; the documentation of LIKE
 * shows it by writing {@code '%start\\_%'} (https://docs.aws.amazon.com/redshift/latest/dg/r_patternmatching_condition_like.html).
 */
public final class SqlTokenizer {
    private static final String OPERATOR_SIGNS = "+-*/<>=~!@#%^&|`?";

    private final String sql;
    private int at;

    private SqlTokenizer(String sql) {
        this.sql = sql;
    }

    /** The tokens of the text; the last one is the end, which carries trailing white space. */
    static List<Token> tokens(String sql) {
        SqlTokenizer tokenizer = new SqlTokenizer(sql);
        List<Token> tokens = new ArrayList<>();
        while (true) {
            Token token = tokenizer.next();
            tokens.add(token);
            if (token.kind() == Token.Kind.END) {
                return tokens;
            }
        }
    }

    public static String join(List<Token> tokens) {
        StringBuilder sql = new StringBuilder();
        for (Token token : tokens) {
            boolean glued = sql.length() > 0
                    && token.before().isEmpty()
                    && !token.text().isEmpty()
                    && Character.isJavaIdentifierPart(sql.charAt(sql.length() - 1))
                    && Character.isJavaIdentifierPart(token.text().charAt(0));
            sql.append(token.before()).append(glued ? " " : "").append(token.text());
        }
        return sql.toString();
    }

    /** The statements of a text, without the semicolons between them and without empty ones. */
    public static List<List<Token>> statements(String sql) {
        List<List<Token>> statements = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        for (Token token : tokens(sql)) {
            if (token.is(";") || token.kind() == Token.Kind.END) {
                if (!current.isEmpty()) {
                    current.add(new Token(Token.Kind.END, "", ""));
                    statements.add(current);
                    current = new ArrayList<>();
                }
            } else {
                current.add(token);
            }
        }
        return statements;
    }

    private Token next() {
        int start = at;
        skipSpace();
        String before = sql.substring(start, at);
        start = at;
        Token.Kind kind = scan();
        return new Token(kind, before, sql.substring(start, at));
    }

    private Token.Kind scan() {
        if (at == sql.length()) {
            return Token.Kind.END;
        }
        char c = sql.charAt(at);
        if (c == '\'') {
            return quoted('\'', true, "string", Token.Kind.STRING);
        }
        if (c == '"') {
            return quoted('"', false, "identifier", Token.Kind.QUOTED_NAME);
        }
        if ("eEbBxXnN".indexOf(c) >= 0 && peek(1) == '\'') {
            at++;
            return quoted('\'', true, "string", Token.Kind.STRING);
        }
        if (c == '$') {
            return dollar();
        }
        if (isWordStart(c)) {
            while (at < sql.length() && isWordPart(sql.charAt(at))) {
                at++;
            }
            return Token.Kind.WORD;
        }
        if (isDigit(c) || c == '.' && isDigit(peek(1))) {
            number();
            return Token.Kind.NUMBER;
        }
        sign();
        return Token.Kind.SIGN;
    }

    private void skipSpace() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", at)) {
                blockComment();
            } else {
                return;
            }
        }
    }

    private void blockComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else if (at < sql.length()) {
                at++;
            } else {
                throw new StatementRefused(SqlError.SYNTAX_ERROR, "unterminated /* comment");
            }
        } while (depth > 0);
    }

    private Token.Kind quoted(char quote, boolean escapes, String what, Token.Kind kind) {
        int start = at;
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (escapes && c == '\\') {
                at += 2;
            } else if (c == quote && peek(1) == quote) {
                at += 2;
            } else if (c == quote) {
                at++;
                return kind;
            } else {
                at++;
            }
        }
        at = sql.length();
        throw new StatementRefused(
                SqlError.SYNTAX_ERROR, "unterminated quoted " + what + " at or near \"" + sql.substring(start) + "\"");
    }

    private Token.Kind dollar() {
        if (isDigit(peek(1))) {
            at++;
            while (at < sql.length() && isDigit(sql.charAt(at))) {
                at++;
            }
            return Token.Kind.PARAMETER;
        }
        int tagEnd = at + 1;
        while (tagEnd < sql.length() && sql.charAt(tagEnd) != '$' && isWordPart(sql.charAt(tagEnd))) {
            tagEnd++;
        }
        if (tagEnd == sql.length() || sql.charAt(tagEnd) != '$') {
            throw StatementRefused.syntaxErrorNear("$");
        }
        String tag = sql.substring(at, tagEnd + 1);
        int end = sql.indexOf(tag, tagEnd + 1);
        if (end < 0) {
            throw new StatementRefused(
                    SqlError.SYNTAX_ERROR, "unterminated dollar-quoted string at or near \"" + tag + "\"");
        }
        at = end + tag.length();
        return Token.Kind.STRING;
    }

    private void number() {
        while (at < sql.length() && (isDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        if (at < sql.length() && (sql.charAt(at) == 'e' || sql.charAt(at) == 'E')) {
            int digits = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
            if (isDigit(peek(digits))) {
                at += digits;
                while (at < sql.length() && isDigit(sql.charAt(at))) {
                    at++;
                }
            }
        }
    }

    /** An operator of several signs is one token; every other sign stands alone. */
    private void sign() {
        if (sql.startsWith("::", at)) {
            at += 2;
            return;
        }
        if (OPERATOR_SIGNS.indexOf(sql.charAt(at)) < 0) {
            at++;
            return;
        }
        do {
            at++;
        } while (at < sql.length()
                && OPERATOR_SIGNS.indexOf(sql.charAt(at)) >= 0
                && !sql.startsWith("--", at)
                && !sql.startsWith("/*", at)
                && "+-".indexOf(sql.charAt(at)) < 0);
    }

    private char peek(int distance) {
        return at + distance < sql.length() ? sql.charAt(at + distance) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return Character.isLetter(c) || c == '_' || c > 127;
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }
}
