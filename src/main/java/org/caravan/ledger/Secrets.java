package org.caravan.ledger;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Takes secrets out of a text that is kept: those it knows, and what stands after a word such as {@code password=}. Immutable. */
public final class Secrets {
    /** Knows no secret by its value. */
    public static final Secrets NONE = new Secrets(List.of());

    private static final int SHORTEST = 4;
    private static final String MASK = "***";
    private static final Pattern ASSIGNED = Pattern.compile(
            "(?i)((?:password|passwd|pwd|secret|token|secret[_-]?access[_-]?key)\\s*[=:]\\s*)(?:'[^']*'|\"[^\"]*\"|[^\\s;&,'\"]+)");
    private static final Pattern IN_URL = Pattern.compile("(://[^/\\s:@]+:)[^/\\s@]+@");

    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    /** Knows these values; one of fewer than four characters stands in too many words to be looked for. */
    public static Secrets of(Collection<String> values) {
        return new Secrets(values.stream()
                .filter(value -> value.strip().length() >= SHORTEST)
                .distinct()
                // A secret may hold another.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /** Whether a text that was kept has lost a secret. */
    public static boolean isMasked(String text) {
        return text.contains(MASK);
    }

    /** The text with every secret masked. */
    public String masked(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        masked = ASSIGNED.matcher(masked).replaceAll("$1" + MASK);
        return IN_URL.matcher(masked).replaceAll("$1" + MASK + "@");
    }
}
