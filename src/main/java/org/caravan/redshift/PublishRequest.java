package org.caravan.redshift;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.RunId;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;
import org.caravan.schema.TableName;

/**
 * What is to be published; immutable.
 *
 * @param staged the columns as the staging table holds them
 * @param rows how many rows the staging table must hold
 * @param digest the digest that its rows must have, if it is known
 * @param sample of about one row in how many that digest is; 1 for all
 * @param watermark how far the source was read, if the run notes that
 */
record PublishRequest(
        String pipeline,
        RunId run,
        OptionalLong token,
        TableName staging,
        Columns staged,
        TableName target,
        long rows,
        Optional<String> digest,
        int sample,
        Optional<String> watermark,
        PublishOptions options) {
    PublishRequest {
        requireNonNull(pipeline, "pipeline");
        requireNonNull(run, "run");
        requireNonNull(staging, "staging");
        requireNonNull(staged, "staged");
        requireNonNull(target, "target");
    }

    /**
     * The same before anything is loaded: of no rows, which a plan answers.
     *
     * @param planned the digest of no rows, as a plan answers it, if the digest will be checked
     */
    PublishRequest planned(Optional<String> planned) {
        return new PublishRequest(
                pipeline, run, token, staging, staged, target, 0, planned, sample, watermark, options);
    }

    /** The columns as the target holds them. */
    Columns columns() {
        return staged.stored(type -> Storage.AS_IS);
    }

    TableName loadLedger() {
        return LoadLedger.table(staging.schema(), pipeline);
    }

    /**
     * A column that the route names, as the staging table has it.
     *
     * @throws CaravanException if the result has none of that name
     */
    Column column(String option, String name) {
        String folded = Columns.fold(name);
        return staged.stream()
                .filter(column -> column.name().equals(folded))
                .findFirst()
                .orElseThrow(() -> new CaravanException(
                        Category.CONFIG,
                        "The parameter " + option + " of caravan-redshift:publish names the column '" + name
                                + "', which the result of pipeline '" + pipeline + "' has not; it has "
                                + String.join(
                                        ", ", staged.stream().map(Column::name).toList()) + "."));
    }

    /** Another table beside the target, whose name tells the run that made it. */
    TableName beside(String what) {
        return new TableName(target.schema(), target.table() + "__" + what + "_" + run);
    }
}
