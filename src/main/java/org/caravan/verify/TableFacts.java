package org.caravan.verify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;

/**
 * What was measured of a table: its rows, and facts for each column. Immutable.
 *
 * <p>Whether a SUPER value that is the JSON {@code null} is NULL to {@code COUNT} is not documented. So a table that holds SUPER may
 * have either count: of NULLs, or of NULLs and JSON's.
 */
record TableFacts(Columns columns, long rows, List<ColumnFacts> facts) {
    private static final int MOST_CHARACTERS_SHOWN = 60;

    TableFacts {
        facts = List.copyOf(facts);
    }

    /** Every measure that differs from what was expected, each with both values; empty if all agree. */
    List<String> differencesFrom(TableFacts expected) {
        return differencesFrom(expected, " queried", " found");
    }

    /** The same for other words of where each value stands, which begin with a blank. */
    List<String> differencesFrom(TableFacts expected, String there, String here) {
        List<String> differences = new ArrayList<>();
        if (rows != expected.rows) {
            differences.add("rows: " + expected.rows + there + ", " + rows + here);
        }
        for (int i = 0; i < columns.size(); i++) {
            for (Measure measure : Measure.values()) {
                Optional<Object> wanted = expected.facts.get(i).get(measure);
                Optional<Object> found = facts.get(i).get(measure);
                if (found.isEmpty() && (measure == Measure.BYTES || measure == Measure.JSON_NULLS)) {
                    // Not every engine is asked for it.
                    continue;
                }
                if (!wanted.equals(found) && !(measure == Measure.NULLS && countsJsonNulls(i, expected))) {
                    differences.add("column '" + columns.get(i).name() + "' " + measure.label() + ": " + show(wanted)
                            + there + ", " + show(found) + here);
                }
            }
        }
        return differences;
    }

    private boolean countsJsonNulls(int index, TableFacts expected) {
        Column column = columns.get(index);
        if (!(column.type() instanceof ColumnType.Super) || column.storage() != Storage.AS_IS) {
            return false;
        }
        ColumnFacts wanted = expected.facts.get(index);
        BigDecimal both = wanted.get(Measure.NULLS)
                .map(BigDecimal.class::cast)
                .orElseThrow()
                .add(wanted.get(Measure.JSON_NULLS).map(BigDecimal.class::cast).orElse(BigDecimal.ZERO));
        return facts.get(index).get(Measure.NULLS).equals(Optional.of(ColumnFacts.exact(both)));
    }

    private static String show(Optional<Object> value) {
        if (value.isEmpty()) {
            return "none";
        }
        String text = value.get() instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value.get());
        return text.codePointCount(0, text.length()) > MOST_CHARACTERS_SHOWN
                ? "'" + text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS_SHOWN)) + "…'"
                : "'" + text + "'";
    }
}
