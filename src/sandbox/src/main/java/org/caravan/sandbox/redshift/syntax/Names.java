package org.caravan.sandbox.redshift.syntax;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names in a statement: quoted ones fold like plain ones, and long ones are refused. */
public final class Names {
    /** PostgreSQL cuts longer names off silently; Redshift's limit is 127. */
    private static final int MAX_BYTES = 63;

    private Names() {}

    /**
     * https://docs.aws.amazon.com/redshift/latest/dg/r_names.html: ASCII letters of quoted names fold to lower case unless
     * enable_case_sensitive_identifier is on.
     */
    public static List<Token> fold(List<Token> tokens, boolean caseSensitive) {
        return tokens.stream()
                .map(token -> {
                    Token folded = token.kind() == Token.Kind.QUOTED_NAME && !caseSensitive
                            ? token.withText(asciiLowerCase(token.text()))
                            : token;
                    if (folded.isName() && folded.name().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
                        throw new StatementRefused(
                                "42622",
                                "identifier \"" + folded.name() + "\" is longer than " + MAX_BYTES
                                        + " bytes: a limit of the stand-in (Redshift takes 127)");
                    }
                    return folded;
                })
                .toList();
    }

    private static String asciiLowerCase(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return folded.toString();
    }
}
