package org.caravan.ledger;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Why a run whose route ended without an error is not done: a route that lacks steps, or has them at the wrong indentation where
 * Camel does not see them, must not end green. Stateless.
 */
final class Unfinished {
    private Unfinished() {}

    /**
     * What is missing; empty if the run is done.
     *
     * @param keepsTarget whether a guard decided that the target stays as it is
     */
    static Optional<CaravanException> of(Run run, boolean keepsTarget) {
        boolean resumed = run.recovery().resumption().isPresent();
        return (resumed ? Optional.<CaravanException>empty() : rows(run))
                .or(() -> resumed || keepsTarget ? Optional.empty() : publication(run))
                .or(() -> run.proof().evidence().missing(run));
    }

    private static Optional<CaravanException> rows(Run run) {
        if (run.columns().isEmpty()) {
            return Optional.empty();
        }
        if (!run.proof().evidence().isReadToEnd()) {
            return Optional.of(
                    new CaravanException(
                            Category.CONFIG,
                            about(run) + " ended before its query's rows were read to their end: " + run.rowsRead()
                                    + " were read. Its route must encode them, with caravan-stage:parts and a data format; look whether"
                                    + " all of its steps stand below the route's 'steps', since Camel passes over those that do not."));
        }
        return parts(run);
    }

    private static Optional<CaravanException> parts(Run run) {
        OptionalLong cut = run.rows(Point.SOURCE);
        long encoded = run.rows(Point.FILES).orElse(0);
        return cut.isEmpty() || encoded == cut.getAsLong()
                ? Optional.empty()
                : Optional.of(new CaravanException(
                        Category.STAGE,
                        about(run) + " ended with " + cut.getAsLong() + " rows queried and " + encoded
                                + " in files: its route must encode each part that caravan-stage:parts gives."));
    }

    private static Optional<CaravanException> publication(Run run) {
        return run.table()
                .filter(table -> run.published().isEmpty())
                .map(table -> new CaravanException(
                        Category.CONFIG,
                        about(run) + " loaded its rows into " + table
                                + ", but its route ended before caravan-redshift:publish: its target is as it was before. Put"
                                + " caravan-redshift:publish after the verification."));
    }

    private static String about(Run run) {
        return "Run " + run.id() + " of pipeline '" + run.pipeline() + "'";
    }
}
