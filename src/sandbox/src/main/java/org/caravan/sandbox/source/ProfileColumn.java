package org.caravan.sandbox.source;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * A column of {@code customer_profile}: its awkward values, and how ordinary ones come about.
 *
 * @param name the name as written in SQL, quoted where it must be
 * @param type the PostgreSQL type
 * @param comment what the column is there to show
 * @param awkward hand-written values in PostgreSQL's text form, one a row from the second row on
 * @param ordinary makes a value from a seeded random
 */
record ProfileColumn(
        String name, String type, String comment, List<String> awkward, Function<Random, String> ordinary) {
    /** In place of ordinary values: none in any row. */
    static final Function<Random, String> ALWAYS_NULL = random -> {
        throw new IllegalStateException("a column that is always NULL has no values");
    };

    private static final int NULLS_PERCENT = 8;
    private static final int AWKWARD_PERCENT = 6;

    /**
     * The value in row {@code row} (from 1). Row 1 is NULL; then come the awkward values, then a NULL so that the last of them
     * has one beside it, then ordinary values among NULLs and awkward ones.
     */
    Optional<String> value(int row) {
        int index = row - 2;
        if (index < 0 || index == awkward.size() || ordinary == ALWAYS_NULL) {
            return Optional.empty();
        }
        if (index < awkward.size()) {
            return Optional.of(awkward.get(index));
        }
        // Seeded by name and row (String.hashCode and Random are specified), so every build makes the same rows.
        Random random = new Random(31L * name.hashCode() + row * 2_654_435_761L);
        int kind = random.nextInt(100);
        if (kind < NULLS_PERCENT) {
            return Optional.empty();
        }
        if (kind < NULLS_PERCENT + AWKWARD_PERCENT && !awkward.isEmpty()) {
            return Optional.of(awkward.get(random.nextInt(awkward.size())));
        }
        return Optional.of(ordinary.apply(random));
    }
}
