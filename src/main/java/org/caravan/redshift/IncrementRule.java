package org.caravan.redshift;

import java.util.Optional;
import org.caravan.ledger.Increment;
import org.caravan.redshift.PublishOptions.WhenMissing;
import org.caravan.schema.Columns;

/** Which modes an increment may be published by: those that neither repeat rows nor lose any. Stateless. */
final class IncrementRule {
    private IncrementRule() {}

    /** Why an increment must not be published so, and what to do; empty if it may. */
    static Optional<String> problem(Increment increment, PublishOptions options) {
        if (increment.modes() == Increment.Modes.ANY) {
            return Optional.empty();
        }
        return harm(increment, options)
                .map(
                        harm -> "An increment (watermark=" + increment.column().orElse("SELECT …")
                                + ") is not published by mode=" + options.mode().label() + ": " + harm
                                + " Use mode=merge with keys; or say watermarkModes=any on caravan-query if that is what you want.");
    }

    private static Optional<String> harm(Increment increment, PublishOptions options) {
        return switch (options.mode()) {
            case REPLACE, SWAP ->
                Optional.of("only the rows of the increment, which are not all, would be left in the target.");
            case APPEND ->
                increment.overlap() == Increment.Overlap.SOME
                        ? Optional.of("its range overlaps that of the run before (watermarkLag), and the rows of the"
                                + " overlap would stand in the target twice.")
                        : Optional.empty();
            case MERGE ->
                options.whenMissing() == WhenMissing.DELETE
                        ? Optional.of("whenMissing=delete would delete all rows that are not in the increment.")
                        : Optional.empty();
            case REPLACE_PARTITION -> partition(increment, options);
        };
    }

    /** Bounds are values of the column: of each value in between all rows are read. */
    private static Optional<String> partition(Increment increment, PublishOptions options) {
        boolean whole = increment
                .column()
                .filter(column -> Columns.fold(column).equals(Columns.fold(options.partition())))
                .isPresent();
        return whole
                ? Optional.empty()
                : Optional.of(
                        "rows of a partition that have not changed are not in the increment, and would be deleted,"
                                + " unless partition is the column of the watermark.");
    }
}
