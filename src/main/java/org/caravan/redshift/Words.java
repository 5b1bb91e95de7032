package org.caravan.redshift;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The words of an option's values: an enum's constants in lower case, with - between words; stateless. */
final class Words {
    private Words() {}

    static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The value that a word stands for.
     *
     * @throws IllegalArgumentException that lists the words there are
     */
    static <E extends Enum<E>> E value(Class<E> type, String option, String word) {
        List<E> values = Arrays.asList(type.getEnumConstants());
        return values.stream()
                .filter(value -> label(value).equalsIgnoreCase(word.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The parameter " + option
                        + " of caravan-redshift:publish must be one of "
                        + String.join(", ", values.stream().map(Words::label).toList()) + ", not '" + word + "'"));
    }
}
