package org.caravan.sandbox.redshift.copy;

import org.caravan.sandbox.redshift.syntax.Token;

/**
 * The strings whose backslashes COPY reads itself: {@code NULL AS '\N'}, {@code DELIMITER '\t'}, {@code '\001'}
 * (https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-format.html#copy-delimiter).
 */
public final class RawString {
    private RawString() {}

    public static String value(Token literal) {
        if (!literal.text().startsWith("'")) {
            return literal.string();
        }
        String inner = literal.text().substring(1, literal.text().length() - 1).replace("''", "'");
        StringBuilder value = new StringBuilder();
        int at = 0;
        while (at < inner.length()) {
            char c = inner.charAt(at);
            if (c != '\\' || at + 1 == inner.length()) {
                value.append(c);
                at++;
            } else {
                at = escaped(inner, at + 1, value);
            }
        }
        return value.toString();
    }

    /** Reads what follows a backslash and returns where it ends. */
    private static int escaped(String text, int from, StringBuilder value) {
        int end = from;
        int octal = 0;
        while (end < text.length() && end < from + 3 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
            octal = octal * 8 + text.charAt(end) - '0';
            end++;
        }
        if (end > from) {
            value.append((char) octal);
            return end;
        }
        switch (text.charAt(from)) {
            case 't' -> value.append('\t');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case '\\', '\'' -> value.append(text.charAt(from));
            default -> value.append('\\').append(text.charAt(from));
        }
        return from + 1;
    }
}
