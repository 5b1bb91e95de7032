package org.caravan.source;

import java.util.List;
import org.caravan.schema.SourceColumn;

/** Hears of each value that was changed because its column's settings ask for it, and of the columns. */
@FunctionalInterface
interface Alterations {
    /**
     * Counts one value.
     *
     * @param column the column's name from here on
     * @param rule the setting that changed it, such as {@code onOverflow=truncate}
     */
    void count(String column, String rule);

    /** Hears of the columns before their first value is read; each connection that reads tells it. */
    default void described(List<SourceColumn> columns) {
        // Counts only.
    }
}
