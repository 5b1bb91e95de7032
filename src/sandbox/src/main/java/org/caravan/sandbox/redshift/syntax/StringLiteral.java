package org.caravan.sandbox.redshift.syntax;

/** The notation of text in a statement. */
final class StringLiteral {
    private StringLiteral() {}

    /** A literal that means this value whether or not backslashes escape in plain literals. */
    static String of(String value) {
        String quoted = "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
        return value.indexOf('\\') >= 0 ? " E" + quoted : quoted;
    }

    /** The value of a literal: {@code '…'}, {@code E'…'} or {@code $tag$…$tag$}. */
    static String value(String literal) {
        if (literal.startsWith("$")) {
            int tag = literal.indexOf('$', 1) + 1;
            return literal.substring(tag, literal.length() - tag);
        }
        String inner = literal.substring(literal.indexOf('\'') + 1, literal.length() - 1);
        StringBuilder value = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '\'') {
                i++;
                value.append('\'');
            } else if (c == '\\' && i + 1 < inner.length()) {
                i++;
                value.append(escaped(inner.charAt(i)));
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> c;
        };
    }
}
