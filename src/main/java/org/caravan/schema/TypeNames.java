package org.caravan.schema;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names by which settings call the types, such as {@code decimal(12,2)} or {@code timestamptz}; stateless. */
public final class TypeNames {
    /** What may be written, for messages. */
    public static final String KNOWN =
            "boolean, smallint, integer, bigint, real, double precision, decimal(p,s), text, text(bytes), binary,"
                    + " binary(bytes), date, timestamp, timestamptz and super";

    private static final Pattern NAME = Pattern.compile("\\s*(?<name>[a-zA-Z0-9_]+(?:\\s+precision)?)\\s*"
            + "(?:\\(\\s*(?<first>\\d{1,8})\\s*(?:,\\s*(?<second>\\d{1,8})\\s*)?\\))?\\s*");

    private TypeNames() {}

    /**
     * The type of a name.
     *
     * @throws IllegalArgumentException if there is none; the message says what there is
     */
    public static ColumnType parse(String text) {
        Matcher matcher = NAME.matcher(text);
        if (!matcher.matches()) {
            throw unknown(text);
        }
        String name = matcher.group("name").toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        Optional<Integer> first = Optional.ofNullable(matcher.group("first")).map(Integer::valueOf);
        Optional<Integer> second = Optional.ofNullable(matcher.group("second")).map(Integer::valueOf);
        if (name.equals("decimal") && first.isPresent()) {
            return new ColumnType.Decimal(first.get(), second.orElse(0));
        }
        if (name.equals("text") && second.isEmpty()) {
            return new ColumnType.Text(first.orElse(ColumnType.MAX_TEXT_BYTES));
        }
        if (name.equals("binary") && second.isEmpty()) {
            return new ColumnType.Binary(first.orElse(ColumnType.DEFAULT_BINARY_BYTES));
        }
        if (first.isPresent()) {
            throw new IllegalArgumentException(name + " takes no such numbers in brackets");
        }
        return switch (name) {
            case "boolean" -> new ColumnType.Bool();
            case "smallint" -> new ColumnType.Int(Short.BYTES);
            case "integer" -> new ColumnType.Int(Integer.BYTES);
            case "bigint" -> new ColumnType.Int(Long.BYTES);
            case "real" -> new ColumnType.FloatingPoint(Float.BYTES);
            case "double", "double precision" -> new ColumnType.FloatingPoint(Double.BYTES);
            case "date" -> new ColumnType.Date();
            case "timestamp" -> new ColumnType.Timestamp(ColumnType.Zone.LOCAL);
            case "timestamptz" -> new ColumnType.Timestamp(ColumnType.Zone.INSTANT);
            case "super" -> new ColumnType.Super();
            default -> throw unknown(name);
        };
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("there is no type '" + name.strip() + "'; there are " + KNOWN);
    }
}
