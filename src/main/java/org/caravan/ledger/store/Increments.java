package org.caravan.ledger.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.caravan.ledger.Increment;
import org.caravan.ledger.Mark;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Watermarks;
import org.jdbi.v3.core.Handle;

/** The increments that runs read, and the marks of the pipelines, within the caller's transaction; stateless. */
final class Increments {
    private Increments() {}

    /** Keeps what a run reads, once it is known. */
    static void write(Handle handle, Run run) {
        run.parameters().increment().ifPresent(increment -> {
            handle.createUpdate("DELETE FROM caravan_increment WHERE run_id = :run")
                    .bind("run", run.id().value())
                    .execute();
            handle.createUpdate("INSERT INTO caravan_increment (run_id, name, column_name,"
                            + " value_type, low_value, high_value, overlap, modes)"
                            + " VALUES (:run, :name, :column, :type, :low, :high, :overlap, :modes)")
                    .bind("run", run.id().value())
                    .bind("name", increment.name())
                    .bind("column", increment.column())
                    .bind("type", increment.type())
                    .bind("low", increment.low())
                    .bind("high", increment.high())
                    .bind("overlap", increment.overlap().label())
                    .bind("modes", increment.modes().label())
                    .execute();
        });
    }

    /** Moves the mark of a run's pipeline to where the run has read, if it reads an increment and is published. */
    static void advance(Handle handle, Run run, Instant ended) {
        Optional<Increment> increment = run.parameters().increment();
        if (increment.isEmpty() || run.published().isEmpty()) {
            return;
        }
        Mark mark = increment.get().mark();
        handle.createUpdate("DELETE FROM caravan_watermark WHERE pipeline = :pipeline AND name = :name")
                .bind("pipeline", run.pipeline())
                .bind("name", mark.name())
                .execute();
        handle.createUpdate("INSERT INTO caravan_watermark (pipeline, name, high_value, run_id, advanced)"
                        + " VALUES (:pipeline, :name, :high, :run, :advanced)")
                .bind("pipeline", run.pipeline())
                .bind("name", mark.name())
                .bind("high", mark.typed())
                .bind("run", run.id().value())
                .bind("advanced", ended.atOffset(ZoneOffset.UTC))
                .execute();
    }

    static Optional<Watermarks.Kept> mark(Handle handle, String pipeline, String name) {
        return handle.createQuery("SELECT high_value, run_id, advanced FROM caravan_watermark"
                        + " WHERE pipeline = :pipeline AND name = :name")
                .bind("pipeline", pipeline)
                .bind("name", name)
                .map((row, context) -> new Watermarks.Kept(
                        Mark.parse(name + "=" + row.getString("high_value"))
                                .orElseThrow(() -> new IllegalStateException(
                                        "The ledger's watermark of pipeline '" + pipeline + "' cannot be read")),
                        new RunId(row.getString("run_id")),
                        Columns.instant(row, "advanced")))
                .findOne();
    }

    static Optional<Increment> find(Handle handle, RunId run) {
        return handle.createQuery("SELECT name, column_name, value_type, low_value, high_value, overlap, modes"
                        + " FROM caravan_increment WHERE run_id = :run")
                .bind("run", run.value())
                .map((row, context) -> new Increment(
                        row.getString("name"),
                        Columns.find(row, "column_name"),
                        row.getString("value_type"),
                        row.getString("low_value"),
                        row.getString("high_value"),
                        Increment.Overlap.valueOf(row.getString("overlap").toUpperCase(Locale.ROOT)),
                        Increment.Modes.valueOf(row.getString("modes").toUpperCase(Locale.ROOT))))
                .findOne();
    }
}
