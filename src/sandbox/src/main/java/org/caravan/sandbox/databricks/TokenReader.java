package org.caravan.sandbox.databricks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.caravan.sandbox.databricks.SqlTokens.Kind;
import org.caravan.sandbox.databricks.SqlTokens.Token;

/** Reads the tokens of one statement from left to right; a closing semicolon is ignored. Not thread-safe. */
final class TokenReader {
    private final String sql;
    private final List<Token> tokens;
    private int next;

    TokenReader(String sql) {
        this.sql = sql;
        List<Token> all = SqlTokens.of(sql);
        int size = all.size();
        this.tokens = size > 0 && all.get(size - 1).isSymbol(";") ? all.subList(0, size - 1) : all;
    }

    boolean atEnd() {
        return next == tokens.size();
    }

    /** Whether the next tokens are these words. */
    boolean sees(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (next + i >= tokens.size() || !tokens.get(next + i).isWord(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Takes these words if they come next. */
    boolean takes(String... words) {
        if (!sees(words)) {
            return false;
        }
        next += words.length;
        return true;
    }

    boolean takesSymbol(String symbol) {
        if (atEnd() || !tokens.get(next).isSymbol(symbol)) {
            return false;
        }
        next++;
        return true;
    }

    void word(String word) {
        if (!takes(word)) {
            throw unexpected("'" + word + "'");
        }
    }

    void symbol(String symbol) {
        if (!takesSymbol(symbol)) {
            throw unexpected("'" + symbol + "'");
        }
    }

    String identifier() {
        if (!atEnd()
                && (tokens.get(next).kind() == Kind.WORD || tokens.get(next).kind() == Kind.IDENTIFIER)) {
            return tokens.get(next++).text();
        }
        throw unexpected("a name");
    }

    /** A name of one to {@code most} parts, separated by dots. */
    List<String> name(int most) {
        List<String> parts = new ArrayList<>(List.of(identifier()));
        while (takesSymbol(".")) {
            parts.add(identifier());
        }
        if (parts.size() > most) {
            throw Refused.syntax("Syntax error: the name " + String.join(".", parts) + " has " + parts.size()
                    + " parts, at most " + most + " are allowed here.");
        }
        return List.copyOf(parts);
    }

    String string() {
        if (!atEnd() && tokens.get(next).kind() == Kind.STRING) {
            return tokens.get(next++).text();
        }
        throw unexpected("a quoted string");
    }

    boolean atString() {
        return !atEnd() && tokens.get(next).kind() == Kind.STRING;
    }

    /** A string, a number or a boolean, as text. */
    String constant() {
        if (atString()) {
            return string();
        }
        if (sees("TRUE") || sees("FALSE")) {
            return tokens.get(next++).text().toLowerCase(Locale.ROOT);
        }
        if (!atEnd() && tokens.get(next).kind() == Kind.NUMBER) {
            String whole = tokens.get(next++).text();
            return takesSymbol(".") && !atEnd() && tokens.get(next).kind() == Kind.NUMBER
                    ? whole + "." + tokens.get(next++).text()
                    : whole;
        }
        throw unexpected("a quoted string, a number, true, false or secret(…)");
    }

    /** Where the last token that was taken ends, as an offset in the text. */
    int position() {
        return next == 0 ? 0 : tokens.get(next - 1).end();
    }

    /** The rest of the statement, as written. */
    String rest() {
        if (atEnd()) {
            return "";
        }
        String text = sql.substring(
                tokens.get(next).start(), tokens.get(tokens.size() - 1).end());
        next = tokens.size();
        return text;
    }

    void end() {
        if (!atEnd()) {
            throw unexpected("the end of the statement");
        }
    }

    Refused unexpected(String expected) {
        String found = atEnd() ? "end of input" : "'" + tokens.get(next).text() + "'";
        int position = atEnd() ? sql.length() : tokens.get(next).start();
        return Refused.syntax(
                "Syntax error at or near " + found + " (position " + position + "): expected " + expected + ".");
    }
}
