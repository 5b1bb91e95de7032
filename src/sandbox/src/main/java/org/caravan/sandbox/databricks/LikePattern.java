package org.caravan.sandbox.databricks;

import java.util.regex.Pattern;

/** Patterns of SHOW statements: {@code *} any characters, {@code .} any one, {@code |} between alternatives; case is ignored. */
final class LikePattern {
    private LikePattern() {}

    static Pattern of(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.strip().toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '.' || c == '|' ? String.valueOf(c) : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
