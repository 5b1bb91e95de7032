package org.caravan.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.caravan.schema.Nearest;

/** One of some words. */
record ChoiceType(List<String> words) implements SettingType {
    private static final ChoiceType TRUTH = new ChoiceType(List.of("true", "false"));

    ChoiceType {
        words = List.copyOf(words);
    }

    static ChoiceType of(String... words) {
        return new ChoiceType(List.of(words));
    }

    /** Yes or no. */
    static ChoiceType truth() {
        return TRUTH;
    }

    @Override
    public String label() {
        return String.join(", ", words.stream().map(word -> "`" + word + "`").toList());
    }

    @Override
    public Optional<Mistake> mistake(String value) {
        if (words.stream().anyMatch(value::equalsIgnoreCase)) {
            return Optional.empty();
        }
        String meant = this.equals(TRUTH) ? truthMeant(value) : Nearest.first(value, words);
        return Optional.of(new Mistake(
                "not one of " + String.join(", ", words),
                "write " + meant.replaceAll("'", "").replaceAll(", (?=[^,]*$)", " or ")));
    }

    private static String truthMeant(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "yes", "on", "1", "y", "t" -> "true";
            case "no", "off", "0", "n", "f" -> "false";
            default -> "true, false";
        };
    }
}
