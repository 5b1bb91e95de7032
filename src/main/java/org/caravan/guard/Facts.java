package org.caravan.guard;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.History;
import org.caravan.ledger.MeasuredRows;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;
import org.caravan.schema.Nearest;

/**
 * What is known of a run's rows before they are loaded; immutable.
 *
 * @param history where earlier runs are kept, if anywhere
 */
record Facts(String pipeline, Columns columns, MeasuredRows measured, Optional<History> history) {
    Facts {
        requireNonNull(pipeline, "pipeline");
        requireNonNull(columns, "columns");
        requireNonNull(measured, "measured");
        requireNonNull(history, "history");
    }

    long rows() {
        return measured.rows();
    }

    long nulls(String column) {
        return measured.nulls(names(columns).indexOf(column));
    }

    /**
     * Makes sure that the rules name columns that there are.
     *
     * @throws CaravanException if one does not
     */
    static void checkColumns(String pipeline, List<Rule> rules, Columns columns) {
        List<String> names = names(columns);
        for (Rule rule : rules) {
            for (String column : rule.columns()) {
                if (!names.contains(column)) {
                    throw new CaravanException(
                            Category.CONFIG,
                            "The guard '" + rule.text() + "' of pipeline '" + pipeline + "' is on the column '" + column
                                    + "', which the result has not; it has " + Nearest.first(column, names) + ".");
                }
            }
        }
    }

    private static List<String> names(Columns columns) {
        return columns.stream().map(Column::name).toList();
    }
}
