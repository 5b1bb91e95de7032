package org.caravan.verify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.schema.Columns;

/** What was measured of a table: its rows, and facts for each column. Immutable. */
record TableFacts(Columns columns, long rows, List<ColumnFacts> facts) {
    private static final int MOST_CHARACTERS_SHOWN = 60;

    TableFacts {
        facts = List.copyOf(facts);
    }

    /** Every measure that differs from what was expected, each with both values; empty if all agree. */
    List<String> differencesFrom(TableFacts expected) {
        List<String> differences = new ArrayList<>();
        if (rows != expected.rows) {
            differences.add("rows: " + expected.rows + " queried, " + rows + " found");
        }
        for (int i = 0; i < columns.size(); i++) {
            for (Measure measure : Measure.values()) {
                if (measure == Measure.BYTES && facts.get(i).get(measure).isEmpty()) {
                    // Not every engine is asked for it.
                    continue;
                }
                Optional<Object> wanted = expected.facts.get(i).get(measure);
                Optional<Object> found = facts.get(i).get(measure);
                if (!wanted.equals(found)) {
                    differences.add("column '" + columns.get(i).name() + "' " + measure.label() + ": " + show(wanted)
                            + " queried, " + show(found) + " found");
                }
            }
        }
        return differences;
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
