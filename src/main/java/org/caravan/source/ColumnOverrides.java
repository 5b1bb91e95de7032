package org.caravan.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Nearest;
import org.caravan.schema.TypeNames;

/**
 * What a route says of its query's columns, by the source's name of each; immutable. It is said by parameters,
 * {@code columns.amount.type=decimal(12,2)}, or by one text, {@code amount.type=decimal(12,2), "home town".rename=home_town}.
 */
public record ColumnOverrides(Map<String, ColumnOverride> byColumn) {
    /** Leaves every column as it is. */
    public static final ColumnOverrides NONE = new ColumnOverrides(Map.of());

    private static final List<String> WORDS = List.of("type", "rename", "onOverflow", "nul");

    public ColumnOverrides {
        byColumn = Collections.unmodifiableMap(new LinkedHashMap<>(byColumn));
    }

    /**
     * Reads what parameters and a text say.
     *
     * @param parameters the value of each {@code <column>.<word>}
     * @param text the same, as one text; blank says nothing
     * @throws IllegalArgumentException if any of it is wrong; the message has all problems
     */
    public static ColumnOverrides parse(Map<String, ?> parameters, String text) {
        List<String> problems = new ArrayList<>();
        Map<String, Map<String, String>> said = new LinkedHashMap<>();
        parameters.forEach((key, value) -> say(said, key, String.valueOf(value), problems));
        try {
            OverrideText.entries(text).forEach(entry -> say(said, entry.key(), entry.value(), problems));
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        Map<String, ColumnOverride> overrides = new LinkedHashMap<>();
        said.forEach((column, words) -> overrides.put(column, override(column, words, problems)));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "The settings of columns are wrong: " + String.join("; ", problems) + ".");
        }
        return new ColumnOverrides(overrides);
    }

    private static void say(Map<String, Map<String, String>> said, String key, String value, List<String> problems) {
        // A column's name may have dots; the words have none.
        int dot = key.lastIndexOf('.');
        String word = key.substring(dot + 1);
        Optional<String> known =
                WORDS.stream().filter(each -> each.equalsIgnoreCase(word)).findFirst();
        if (dot < 1) {
            problems.add("'" + key + "' is not <column>.<word>, where the word is one of " + WORDS);
        } else if (known.isEmpty()) {
            problems.add(setting(key) + " ends in '" + word + "'; there are " + Nearest.first(word, WORDS));
        } else if (said.computeIfAbsent(key.substring(0, dot), column -> new LinkedHashMap<>())
                        .putIfAbsent(known.get(), value)
                != null) {
            problems.add(setting(key) + " is said twice");
        }
    }

    private static ColumnOverride override(String column, Map<String, String> words, List<String> problems) {
        Optional<ColumnType> type = value(column, words, "type", ColumnOverrides::type, problems);
        Optional<String> rename = value(column, words, "rename", ColumnOverrides::name, problems);
        OverflowRule onOverflow = value(
                        column, words, "onOverflow", text -> rule(OverflowRule.values(), text), problems)
                .orElse(OverflowRule.FAIL);
        NulRule nul = value(column, words, "nul", text -> rule(NulRule.values(), text), problems)
                .orElse(NulRule.FAIL);
        return new ColumnOverride(type, rename, onOverflow, nul);
    }

    private static <T> Optional<T> value(
            String column, Map<String, String> words, String word, Function<String, T> read, List<String> problems) {
        Optional<String> text = Optional.ofNullable(words.get(word));
        try {
            return text.map(read);
        } catch (IllegalArgumentException e) {
            problems.add(setting(column + "." + word) + "='" + text.orElse("") + "': " + e.getMessage());
            return Optional.empty();
        }
    }

    private static ColumnType type(String text) {
        return TypeNames.parse(text);
    }

    private static String name(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a column must have a name");
        }
        return text;
    }

    private static <E extends Enum<E>> E rule(E[] rules, String text) {
        return Arrays.stream(rules)
                .filter(rule -> rule.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there are "
                        + Arrays.stream(rules)
                                .map(rule -> rule.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    /** How a setting of a column is written. */
    static String setting(String key) {
        return "columns." + key;
    }
}
