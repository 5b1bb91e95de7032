package org.caravan.sandbox.redshift.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Names in a statement: quoted ones fold like plain ones, {@code #name} is one name, and long ones are shortened for PostgreSQL. */
public final class Names {
    /** After these words and signs {@code #} begins a name; everywhere else it is the operator. */
    private static final Set<String> BEFORE_TABLE = Set.of(
            "table",
            "from",
            "into",
            "join",
            "update",
            "exists",
            "using",
            "copy",
            "truncate",
            "analyze",
            "vacuum",
            "like",
            "lock",
            "view",
            "to",
            ".",
            ",");

    private Names() {}

    /**
     * https://docs.aws.amazon.com/redshift/latest/dg/r_names.html: ASCII letters of quoted names fold to lower case unless
     * enable_case_sensitive_identifier is on.
     *
     * @throws StatementRefused if a name is longer than Redshift takes
     */
    public static List<Token> fold(List<Token> tokens, boolean caseSensitive) {
        return withTemporaryNames(tokens).stream()
                .map(token -> shortened(folded(token, caseSensitive)))
                .toList();
    }

    private static List<Token> withTemporaryNames(List<Token> tokens) {
        if (tokens.stream().noneMatch(token -> token.text().equals("#"))) {
            return tokens;
        }
        List<Token> result = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token next = tokens.get(Math.min(i + 1, tokens.size() - 1));
            boolean name = token.text().equals("#")
                    && next.isWord()
                    && next.before().isEmpty()
                    && i > 0
                    && BEFORE_TABLE.stream().anyMatch(tokens.get(i - 1)::is);
            if (name) {
                result.add(new Token(Token.Kind.QUOTED_NAME, token.before(), Token.quote("#" + next.name())));
                i++;
            } else {
                result.add(token);
            }
        }
        return result;
    }

    static Token folded(Token token, boolean caseSensitive) {
        return token.kind() == Token.Kind.QUOTED_NAME && !caseSensitive
                ? token.withText(asciiLowerCase(token.text()))
                : token;
    }

    private static Token shortened(Token token) {
        if (!token.isName()) {
            return token;
        }
        String name = token.name();
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LongNames.MAX_BYTES) {
            throw new StatementRefused(
                    "42622",
                    "identifier \"" + name + "\" is " + bytes + " bytes long: the limit is " + LongNames.MAX_BYTES);
        }
        String known = LongNames.shortened(name);
        return known.equals(name) ? token : new Token(Token.Kind.QUOTED_NAME, token.before(), Token.quote(known));
    }

    static String asciiLowerCase(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return folded.toString();
    }
}
