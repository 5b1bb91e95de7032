package org.caravan.source.parameter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.schema.Nearest;

/**
 * A parameter that a route declares.
 *
 * @param value what it is unless a run is given another; empty if a run must be given one
 */
record Declared(ParameterType type, Optional<ParameterValue> value) {
    private static final Pattern REQUIRED = Pattern.compile("([A-Za-z]+)\\(\\?\\)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /**
     * Reads {@code region=EU, limit=10, since=date(2026-01-01), until=date(?)}. A value with a comma stands in brackets,
     * {@code text(a, b)}; brackets within it are paired.
     *
     * @throws IllegalArgumentException if the text is not such a list
     */
    static Map<String, Declared> parse(String text) {
        Map<String, Declared> all = new LinkedHashMap<>();
        for (String item : items(text)) {
            int equals = item.indexOf('=');
            String name = equals < 0 ? item : item.substring(0, equals).strip();
            if (equals < 0 || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("parameters has '" + item
                        + "', which is not name=value; write them such as region=EU, limit=10, since=date(2026-01-01)");
            }
            if (all.put(name, declared(name, item.substring(equals + 1).strip())) != null) {
                throw new IllegalArgumentException("parameters names '" + name + "' twice");
            }
        }
        return Collections.unmodifiableMap(all);
    }

    private static Declared declared(String name, String text) {
        Matcher required = REQUIRED.matcher(text);
        if (required.matches()) {
            return ParameterType.find(required.group(1))
                    .map(type -> new Declared(type, Optional.empty()))
                    .orElseThrow(() -> new IllegalArgumentException("parameters gives '" + name + "' the type '"
                            + required.group(1) + "'; there are "
                            + Nearest.first(required.group(1), ParameterType.labels())));
        }
        try {
            ParameterValue value = ParameterValue.parse(text);
            return new Declared(value.type(), Optional.of(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("parameters gives '" + name + "': " + e.getMessage(), e);
        }
    }

    /** What stands between the commas that are in no brackets. */
    private static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth = Math.max(0, depth - 1);
            } else if (c == ',' && depth == 0) {
                items.add(text.substring(start, at).strip());
                start = at + 1;
            }
        }
        items.add(text.substring(start).strip());
        return text.isBlank() ? List.of() : items;
    }
}
