package org.caravan.verify;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured of one column, in forms that compare exactly: numbers, days and microseconds as {@link BigDecimal} without
 * trailing zeros, floating-point numbers as {@link Double} with one zero, text as {@link String}. A measure without a value (the
 * least of no values) is absent. Immutable.
 */
record ColumnFacts(Map<Measure, Object> values) {
    ColumnFacts {
        values = Collections.unmodifiableMap(values.isEmpty() ? new EnumMap<>(Measure.class) : new EnumMap<>(values));
    }

    Optional<Object> get(Measure measure) {
        return Optional.ofNullable(values.get(measure));
    }

    /** A number in the form that compares exactly. */
    static BigDecimal exact(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    static BigDecimal exact(long value) {
        return exact(BigDecimal.valueOf(value));
    }

    /** A floating-point number in the form that compares exactly: -0 is 0, as both engines have it. */
    static Double exact(double value) {
        return value == 0 ? 0.0 : value;
    }

    /**
     * A text in the form that compares exactly: Redshift ignores trailing blanks when it compares VARCHAR ("Examples with character
     * types" in its developer guide), so either of 'a' and 'a ' may be its least. They are left out of the result only, since an
     * engine that orders by bytes has 'a' followed by a tab before 'a' followed by a blank; the bytes count them.
     */
    static String withoutTrailingBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
