package org.caravan.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Figures and names as messages show them; stateless. */
final class Shown {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

    private Shown() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String rows(long number) {
        return count(number) + (number == 1 ? " row" : " rows");
    }

    /** How a count compares with one of before, which is not 0. */
    static String change(long before, long now) {
        if (before == now) {
            return "as many as";
        }
        String percent = percent(Math.abs(now - before), before);
        return percent + (now > before ? " more than" : " fewer than");
    }

    /** A share of a whole, in brackets; nothing of no whole. */
    static String share(long part, long whole) {
        return whole == 0 ? "" : " (" + percent(part, whole) + ")";
    }

    private static String percent(long part, long whole) {
        return BigDecimal.valueOf(part)
                        .multiply(Rule.HUNDRED)
                        .divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + "%";
    }

    /** A column's name as a rule says it. */
    static String name(String column) {
        return PLAIN.matcher(column).matches() ? column : '"' + column.replace("\"", "\"\"") + '"';
    }
}
