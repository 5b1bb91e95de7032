package org.caravan.sandbox.redshift.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Walks over the tokens of one statement, the way a recursive-descent parser wants to. */
public final class TokenCursor {
    private final List<Token> tokens;
    private int at;

    public TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    public Token peek() {
        return peek(0);
    }

    public Token peek(int distance) {
        return tokens.get(Math.min(at + distance, tokens.size() - 1));
    }

    public Token next() {
        Token token = peek();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    public boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    /** Whether these words or signs come next. */
    public boolean looksAt(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Steps over these words or signs if they come next. */
    public boolean accept(String... words) {
        if (!looksAt(words)) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            next();
        }
        return true;
    }

    public boolean acceptAnyOf(String... words) {
        for (String word : words) {
            if (accept(word)) {
                return true;
            }
        }
        return false;
    }

    public void expect(String... words) {
        for (String word : words) {
            if (!accept(word)) {
                throw unexpected();
            }
        }
    }

    public void expectEnd() {
        if (!atEnd()) {
            throw unexpected();
        }
    }

    public StatementRefused unexpected() {
        return StatementRefused.syntaxErrorNear(peek().text());
    }

    public Token expectName() {
        if (!peek().isName()) {
            throw unexpected();
        }
        return next();
    }

    public String expectWord() {
        if (!peek().isWord()) {
            throw unexpected();
        }
        return next().text().toLowerCase(Locale.ROOT);
    }

    public String expectString() {
        if (peek().kind() != Token.Kind.STRING) {
            throw unexpected();
        }
        return next().string();
    }

    /** {@code [[database.]schema.]table}; the stand-in has no queries across databases. */
    public TableName expectTable() {
        List<String> parts = new ArrayList<>();
        do {
            parts.add(expectName().name());
        } while (parts.size() < 3 && accept("."));
        return TableName.of(parts);
    }

    /** The tokens from here to the closing parenthesis, both included. */
    public List<Token> expectParentheses() {
        List<Token> taken = new ArrayList<>();
        if (!looksAt("(")) {
            throw unexpected();
        }
        int depth = 0;
        do {
            if (atEnd()) {
                throw unexpected();
            }
            depth += looksAt("(") ? 1 : looksAt(")") ? -1 : 0;
            taken.add(next());
        } while (depth > 0);
        return taken;
    }

    /** {@code (name, …)} */
    public List<String> expectNames() {
        List<String> names = new ArrayList<>();
        expect("(");
        do {
            names.add(expectName().name());
        } while (accept(","));
        expect(")");
        return names;
    }

    public List<Token> rest() {
        return new ArrayList<>(tokens.subList(at, tokens.size()));
    }
}
