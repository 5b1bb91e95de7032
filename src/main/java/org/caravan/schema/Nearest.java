package org.caravan.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The names that somebody may have meant. Stateless. */
public final class Nearest {
    private static final int SHOWN = 20;

    private Nearest() {}

    /** The known names, those first that are most like the one given; of many only the first. */
    public static String first(String given, List<String> known) {
        String names = known.stream()
                .sorted(Comparator.comparingInt(name -> distance(given, name)))
                .limit(SHOWN)
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", "));
        return known.size() > SHOWN ? names + " and " + (known.size() - SHOWN) + " more" : names;
    }

    /** The known name that is most like the one given, or ends with it; empty if none is near enough to be meant. */
    public static Optional<String> closest(String given, Collection<String> known) {
        int far = given.length() <= 4 ? 1 : Math.max(2, given.length() / 4);
        return known.stream()
                .filter(name -> distance(given, name) <= far || name.endsWith("." + given))
                .min(Comparator.<String>comparingInt(name -> distance(given, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The fewest letters to insert, remove or exchange between two names, whatever their case (Levenshtein). */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] now = new int[b.length() + 1];
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(exchanged, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[b.length()];
    }
}
