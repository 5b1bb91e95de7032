package org.caravan.redshift;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far a target may follow the result's columns; immutable. None of them: any difference is refused. */
record SchemaChange(Set<Kind> allowed) {
    static final SchemaChange FREEZE = new SchemaChange(Set.of());
    private static final String WORD = "freeze";

    SchemaChange {
        allowed = Set.copyOf(allowed);
    }

    /** What may be done to the target. */
    enum Kind {
        /** New columns are added to it, at its end and with NULL in the rows that are there. */
        ADD,
        /** Text and binary become longer, integers wider, and decimals get more digits. */
        WIDEN,
        /** A new table with the result's columns takes its place. */
        REPLACE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads {@code freeze}, or others with commas between, such as {@code add,widen}.
     *
     * @throws IllegalArgumentException that lists the words there are
     */
    static SchemaChange of(String text) {
        if (text.strip().equalsIgnoreCase(WORD)) {
            return FREEZE;
        }
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String word : text.split(",", -1)) {
            kinds.add(Stream.of(Kind.values())
                    .filter(kind -> kind.label().equalsIgnoreCase(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "The parameter schemaChange of caravan-redshift must be freeze, or add, widen or both with a comma"
                                    + " between, or replace, not '" + text + "'")));
        }
        if (kinds.contains(Kind.REPLACE) && kinds.size() > 1) {
            throw new IllegalArgumentException(
                    "The parameter schemaChange of caravan-redshift is '" + text + "': replace stands alone");
        }
        return new SchemaChange(kinds);
    }

    boolean allows(Kind kind) {
        return allowed.contains(kind) || allowed.contains(Kind.REPLACE);
    }

    /** As a route says it. */
    String text() {
        return allowed.isEmpty()
                ? WORD
                : List.of(Kind.values()).stream()
                        .filter(allowed::contains)
                        .map(Kind::label)
                        .collect(Collectors.joining(","));
    }
}
