package org.caravan.source.watermark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Mark;
import org.caravan.ledger.PublishedMarks.Published;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Warning;
import org.caravan.ledger.Watermarks;

/**
 * How far a pipeline's source was read. The warehouse is the truth of what was published, since its note is committed with the
 * rows; Caravan's ledger tells which of these runs were verified. Immutable.
 *
 * @param mark empty if nothing was read yet
 * @param warning what should be looked at
 */
record LastMark(Optional<Mark> mark, Optional<Warning> warning) {
    private static final String APPEND = "append";
    private static final String RULE = "watermark";

    LastMark {
        requireNonNull(mark, "mark");
        requireNonNull(warning, "warning");
    }

    /**
     * Decides.
     *
     * <p>A published run of which the ledger knows nothing (it was lost) counts. One that was not verified to its end does not, and
     * its rows are read again, if its mode takes that: after {@code append} they would be there twice.
     *
     * @param published what the warehouses have, the last published first; empty if there is no warehouse to ask
     * @param kept what the ledger says
     * @param states what the ledger says of a run
     * @throws CaravanException if only a person can tell
     */
    static LastMark of(
            String pipeline,
            String name,
            Optional<List<Published>> published,
            Optional<Watermarks.Kept> kept,
            Function<RunId, Optional<RunState>> states) {
        for (Published run : published.orElse(List.of())) {
            if (run.mark().name().equals(name)) {
                RunState state = states.apply(run.run()).orElseGet(() -> unknown(run, kept));
                if (state == RunState.DONE) {
                    return new LastMark(Optional.of(run.mark()), differing(run, kept));
                }
                if (run.mode().equals(APPEND)) {
                    return appended(pipeline, run, state);
                }
            }
        }
        if (published.isPresent() && kept.isPresent()) {
            throw new CaravanException(
                    Category.CONFIG,
                    "Pipeline '" + pipeline + "' is not run: by Caravan's ledger run "
                            + kept.get().run() + " has published it up to "
                            + kept.get().mark().text()
                            + ", but the load ledger of this warehouse knows no such run. If this is another warehouse, or the"
                            + " target was made anew, read it again from its beginning with run --watermark-from; if the target has"
                            + " these rows, go on with run --watermark-from "
                            + kept.get().mark().value() + ".");
        }
        return new LastMark(kept.map(Watermarks.Kept::mark), Optional.empty());
    }

    /**
     * A ledger that was lost, or made anew, knows only of later runs, if of any. One that has the mark of an earlier run has
     * forgotten this one, which has left no mark: it was not verified.
     */
    private static RunState unknown(Published run, Optional<Watermarks.Kept> kept) {
        return kept.filter(known -> isBefore(known.run(), run.run())).isPresent()
                ? RunState.INTERRUPTED
                : RunState.DONE;
    }

    /** Ids of runs sort by time. */
    private static boolean isBefore(RunId one, RunId other) {
        return one.value().compareTo(other.value()) < 0;
    }

    private static LastMark appended(String pipeline, Published run, RunState state) {
        if (state == RunState.FAILED) {
            throw new CaravanException(
                    Category.CONFIG,
                    "Pipeline '" + pipeline + "' is not run: run " + run.run() + " has appended its rows, up to "
                            + run.mark().text()
                            + ", and then failed, so they are not proven; read again, they would be there twice. Look at 'show "
                            + run.run() + "'. If the rows are right, go on with run --watermark-from "
                            + run.mark().value()
                            + "; if not, delete them, and run --watermark-from where that run began (its parameter lowWater).");
        }
        return new LastMark(
                Optional.of(run.mark()),
                Optional.of(new Warning(
                        RULE,
                        "run " + run.run()
                                + " has appended its rows and was interrupted before it could verify them in the"
                                + " target; they are not read again")));
    }

    private static Optional<Warning> differing(Published run, Optional<Watermarks.Kept> kept) {
        return kept.filter(known -> isBefore(run.run(), known.run()))
                .map(known -> new Warning(
                        RULE,
                        "by Caravan's ledger run " + known.run() + " has published up to "
                                + known.mark().value() + ", but the warehouse knows of none after run " + run.run()
                                + "; what came since is read again"));
    }
}
