package org.caravan.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.schema.Columns;

/**
 * Reads rules such as {@code rows < 1000; nulls("home town") > 5%}: a semicolon stands between two, and a quote inside quotes is
 * written twice. Used once.
 */
final class RuleText {
    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
    private static final Pattern SIGN = Pattern.compile("<=|>=|<|>|=");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,9})?");
    private static final Pattern COLUMN = Pattern.compile("[^\\s(),;\"<>=]+");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")+)\"");
    private static final int MOST_SHOWN = 20;

    private final String option;
    private final String text;
    private int position;

    private RuleText(String option, String text) {
        this.option = option;
        this.text = text;
    }

    /**
     * The rules of a text.
     *
     * @param option the parameter that has the text
     * @throws IllegalArgumentException that says where the text cannot be read, and what could stand there
     */
    static List<Rule> rules(String option, String text) {
        RuleText reader = new RuleText(option, text);
        List<Rule> rules = new ArrayList<>();
        while (reader.more()) {
            rules.add(reader.rule());
            if (reader.more()) {
                reader.take(';', "a semicolon between two rules", "rows < 1000; nulls(email) > 5%");
            }
        }
        return List.copyOf(rules);
    }

    private Rule rule() {
        int start = position;
        String word = next(WORD, "a rule: rows, change, nulls or unique", "rows < 1000");
        switch (word.toLowerCase(Locale.ROOT)) {
            case "rows" -> {
                Comparison comparison = comparison("rows < 1000");
                return new Rule.Rows(comparison, count("rows < 1000"));
            }
            case "change" -> {
                return change();
            }
            case "nulls" -> {
                return nulls();
            }
            case "unique" -> {
                return new Rule.Unique(columns("unique(order_id, line)"));
            }
            default -> {
                position = start;
                throw expected("a rule: rows, change, nulls or unique", "rows < 1000");
            }
        }
    }

    private Rule change() {
        String example = "change > 20% (in either direction), or change < -20%";
        Comparison comparison = comparison(example);
        skipBlanks();
        boolean signed = position < text.length() && "+-".indexOf(text.charAt(position)) >= 0;
        BigDecimal percent = number(example);
        take('%', "a percent sign", example);
        return new Rule.Change(comparison, percent, signed);
    }

    private Rule nulls() {
        String example = "nulls(email) > 5%";
        int start = position;
        List<String> columns = columns(example);
        if (columns.size() > 1) {
            position = start;
            throw expected("one column in brackets", example);
        }
        Comparison comparison = comparison(example);
        int limitAt = position;
        BigDecimal limit = number(example);
        boolean isPercent = at('%');
        if (isPercent) {
            take('%', "", example);
        }
        if (limit.signum() < 0 || (isPercent ? limit.compareTo(Rule.HUNDRED) > 0 : limit.scale() > 0)) {
            position = limitAt;
            throw expected("a whole number, or 0 to 100 percents", example);
        }
        return new Rule.Nulls(columns.get(0), comparison, limit, isPercent);
    }

    private List<String> columns(String example) {
        take('(', "a column in brackets", example);
        List<String> columns = new ArrayList<>();
        do {
            skipBlanks();
            int start = position;
            String column = at('"') ? quoted(example) : next(COLUMN, "the name of a column", example);
            if (columns.contains(Columns.fold(column))) {
                position = start;
                throw expected("another column", example);
            }
            columns.add(Columns.fold(column));
        } while (takes(','));
        take(')', "a closing bracket", example);
        return columns;
    }

    private String quoted(String example) {
        String quoted = next(QUOTED, "a quoted name", example);
        return quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"");
    }

    private Comparison comparison(String example) {
        String sign = next(SIGN, "one of < <= = >= >", example);
        for (Comparison comparison : Comparison.values()) {
            if (comparison.sign().equals(sign)) {
                return comparison;
            }
        }
        throw new IllegalStateException(sign);
    }

    private long count(String example) {
        skipBlanks();
        int start = position;
        BigDecimal number = number(example);
        if (number.signum() < 0 || number.scale() > 0) {
            position = start;
            throw expected("a whole number", example);
        }
        return number.longValueExact();
    }

    private BigDecimal number(String example) {
        return new BigDecimal(next(NUMBER, "a number", example));
    }

    private String next(Pattern pattern, String what, String example) {
        skipBlanks();
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            throw expected(what, example);
        }
        position = matcher.end();
        return matcher.group();
    }

    private void take(char c, String what, String example) {
        if (!takes(c)) {
            throw expected(what, example);
        }
    }

    private boolean takes(char c) {
        boolean there = at(c);
        if (there) {
            position++;
        }
        return there;
    }

    private boolean at(char c) {
        skipBlanks();
        return position < text.length() && text.charAt(position) == c;
    }

    private boolean more() {
        skipBlanks();
        return position < text.length();
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private IllegalArgumentException expected(String what, String example) {
        skipBlanks();
        String rest = text.substring(position);
        String found = rest.isEmpty()
                ? "its end"
                : "'" + (rest.length() > MOST_SHOWN ? rest.substring(0, MOST_SHOWN) + "…" : rest) + "' (character "
                        + (position + 1) + ")";
        return new IllegalArgumentException("The parameter " + option + " of caravan-guard:rows, '" + text.strip()
                + "', cannot be read at " + found + ": here must be " + what + ", as in " + example);
    }
}
