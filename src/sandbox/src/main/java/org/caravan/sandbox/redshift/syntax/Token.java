package org.caravan.sandbox.redshift.syntax;

/** One word, name, literal or sign of a statement, with the white space and comments before it. */
public record Token(Kind kind, String before, String text) {
    public enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        PARAMETER,
        SIGN,
        END
    }

    public Token withText(String replacement) {
        return new Token(kind, before, replacement);
    }

    public static Token word(String text) {
        return new Token(Kind.WORD, " ", text);
    }

    public boolean is(String wordOrSign) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(wordOrSign);
    }

    public boolean isWord() {
        return kind == Kind.WORD;
    }

    /** Whether it can name something: a plain word or a quoted name. */
    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }

    /** The name it stands for: folded if it is a plain word, without its quotes otherwise. */
    public String name() {
        return kind == Kind.QUOTED_NAME
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                : Names.asciiLowerCase(text);
    }

    /** The value of a string literal. */
    public String string() {
        return StringLiteral.value(text);
    }

    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    public static String literal(String value) {
        return StringLiteral.of(value);
    }
}
