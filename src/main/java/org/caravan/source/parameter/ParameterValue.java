package org.caravan.source.parameter;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A typed value; immutable.
 *
 * @param value as JDBC binds it
 */
public record ParameterValue(ParameterType type, Object value) {
    private static final Pattern TYPED = Pattern.compile("(?s)([A-Za-z]+)\\((.*)\\)");
    private static final Pattern INTEGER = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(?:0|[1-9][0-9]*)\\.[0-9]+");

    public ParameterValue {
        requireNonNull(type, "type");
        requireNonNull(value, "value");
    }

    /**
     * Reads {@code type(value)}, or a bare value: an integer if it is written as one, a decimal with a point, else text. A bare
     * {@code 007} is text.
     *
     * @throws IllegalArgumentException if a typed value is not of its type
     */
    public static ParameterValue parse(String text) {
        Matcher typed = TYPED.matcher(text);
        if (typed.matches()) {
            Optional<ParameterType> type = ParameterType.find(typed.group(1));
            if (type.isPresent()) {
                return of(type.get(), typed.group(2));
            }
        }
        if (INTEGER.matcher(text).matches()) {
            return of(ParameterType.INTEGER, text);
        }
        return of(DECIMAL.matcher(text).matches() ? ParameterType.DECIMAL : ParameterType.TEXT, text);
    }

    /**
     * A value of a type.
     *
     * @throws IllegalArgumentException if the text is no such value
     */
    public static ParameterValue of(ParameterType type, String text) {
        return type.read(text)
                .map(value -> new ParameterValue(type, value))
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is no " + type.label() + ", which is " + type.form()));
    }

    /**
     * A value in place of one that the route declares: it may say its own type, but that must be the declared one.
     *
     * @throws IllegalArgumentException if it is not of that type
     */
    static ParameterValue of(ParameterType declared, Object given) {
        String text = String.valueOf(given);
        Matcher typed = TYPED.matcher(text);
        if (typed.matches()) {
            Optional<ParameterType> type = ParameterType.find(typed.group(1));
            if (type.isPresent() && type.get() == declared) {
                return of(declared, typed.group(2));
            }
        }
        return of(declared, text);
    }

    /** The value as text, from which {@link #of(ParameterType, String)} makes the same. */
    public String text() {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
