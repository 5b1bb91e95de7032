package org.caravan.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;

/** Types of columns that a setting names, such as {@code paid=decimal(12,2), seen=timestamptz}; immutable. */
record DeclaredTypes(Map<String, ColumnType> byName) {
    private static final Pattern ONE = Pattern.compile(
            "\\s*(?<name>[^=,]+?)\\s*=\\s*(?<type>\\w+(?: precision)?)\\s*(?:\\(\\s*(?<first>\\d{1,8})\\s*(?:,\\s*(?<second>\\d{1,5})\\s*)?\\))?\\s*(?:,|$)");

    DeclaredTypes {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** Reads a setting; an {@link IllegalArgumentException} says what is wrong with it. */
    static DeclaredTypes parse(String setting) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        Matcher matcher = ONE.matcher(setting);
        int position = 0;
        while (position < setting.length()) {
            if (!matcher.find(position) || matcher.start() != position) {
                throw wrong(setting, "cannot be read from '" + setting.substring(position) + "' on");
            }
            String name = Columns.fold(matcher.group("name"));
            try {
                if (types.put(name, type(matcher)) != null) {
                    throw wrong(setting, "names '" + name + "' twice");
                }
            } catch (IllegalArgumentException e) {
                throw wrong(setting, "is wrong for '" + name + "': " + e.getMessage());
            }
            position = matcher.end();
        }
        return new DeclaredTypes(types);
    }

    Optional<ColumnType> of(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The columns of rows of which there are none. */
    Columns columns() {
        return new Columns(byName.entrySet().stream()
                .map(entry -> new Column(entry.getKey(), entry.getValue(), true))
                .toList());
    }

    private static ColumnType type(Matcher matcher) {
        String name = matcher.group("type").toLowerCase(Locale.ROOT);
        Optional<Integer> first = Optional.ofNullable(matcher.group("first")).map(Integer::valueOf);
        Optional<Integer> second = Optional.ofNullable(matcher.group("second")).map(Integer::valueOf);
        if (name.equals("decimal") && first.isPresent()) {
            return new ColumnType.Decimal(first.get(), second.orElse(0));
        }
        if (name.equals("binary") && second.isEmpty()) {
            return new ColumnType.Binary(first.orElse(ColumnType.DEFAULT_BINARY_BYTES));
        }
        if (name.equals("text") && second.isEmpty()) {
            return new ColumnType.Text(first.orElse(ColumnType.MAX_TEXT_BYTES));
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
            case "super" -> new ColumnType.Super();
            case "date" -> new ColumnType.Date();
            case "timestamp" -> new ColumnType.Timestamp(ColumnType.Zone.LOCAL);
            case "timestamptz" -> new ColumnType.Timestamp(ColumnType.Zone.INSTANT);
            default ->
                throw new IllegalArgumentException("there is no type '" + name
                        + "'; there are boolean, smallint, integer, bigint, real, double precision, decimal(p,s), text(bytes),"
                        + " binary(bytes), super, date, timestamp and timestamptz");
        };
    }

    private static IllegalArgumentException wrong(String setting, String what) {
        return new IllegalArgumentException(
                "types='" + setting + "' " + what + "; write name=type, name=type, such as paid=decimal(12,2)");
    }
}
