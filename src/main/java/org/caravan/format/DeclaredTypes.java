package org.caravan.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TypeNames;

/** Types of columns that a setting names, such as {@code paid=decimal(12,2), seen=timestamptz}; immutable. */
record DeclaredTypes(Map<String, ColumnType> byName) {
    private static final Pattern ONE =
            Pattern.compile("\\s*(?<name>[^=,]+?)\\s*=\\s*(?<type>\\w+(?: precision)?\\s*(?:\\([^)]*\\))?)\\s*(?:,|$)");

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
                if (types.put(name, TypeNames.parse(matcher.group("type"))) != null) {
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

    private static IllegalArgumentException wrong(String setting, String what) {
        return new IllegalArgumentException(
                "types='" + setting + "' " + what + "; write name=type, name=type, such as paid=decimal(12,2)");
    }
}
