package org.caravan.ledger.store;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravan.ledger.Housekeeping;
import org.caravan.ledger.OwnedRun;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What the runs of the ledger's database own. Thread-safe. */
final class JdbcHousekeeping implements Housekeeping {
    /** Of a pipeline's published runs the one with the greatest token was published last, whenever it began. */
    private static final String RUNS = "SELECT r.run_id, r.pipeline, r.state, r.started, r.ended, r.target, r.manifest,"
            + " l.heartbeat, l.expiry_millis, CURRENT_TIMESTAMP AS checked,"
            + " CASE WHEN r.target IS NOT NULL AND NOT EXISTS (SELECT 1 FROM caravan_run later"
            + " WHERE later.pipeline = r.pipeline AND later.target IS NOT NULL AND later.token > r.token)"
            + " OR EXISTS (SELECT 1 FROM caravan_watermark w WHERE w.run_id = r.run_id) THEN 1 ELSE 0 END AS standing"
            + " FROM caravan_run r LEFT JOIN caravan_lock l ON l.run_id = r.run_id AND l.token = r.token";

    private final Transactions transactions;

    JdbcHousekeeping(Transactions transactions) {
        this.transactions = requireNonNull(transactions, "transactions");
    }

    @Override
    public List<OwnedRun> runs(Optional<String> pipeline) {
        return transactions.run("Reading the runs", handle -> {
            try (Query query = handle.createQuery(
                    RUNS + (pipeline.isPresent() ? " WHERE r.pipeline = :pipeline" : "") + " ORDER BY r.run_id")) {
                pipeline.ifPresent(name -> query.bind("pipeline", name));
                return query.map((row, context) -> run(row)).list();
            }
        });
    }

    private static OwnedRun run(ResultSet row) throws SQLException {
        Instant started = Columns.instant(row, "started");
        return new OwnedRun(
                new RunId(row.getString("run_id")),
                row.getString("pipeline"),
                RunReader.state(row),
                Columns.findInstant(row, "ended").orElse(started),
                Columns.find(row, "target"),
                Columns.find(row, "manifest"),
                row.getInt("standing") == 1);
    }

    @Override
    public Map<RunId, Set<String>> keys(Optional<String> pipeline) {
        return transactions.run("Reading the parts of the runs", handle -> {
            Map<RunId, Set<String>> keys = new HashMap<>();
            try (Query query = handle.createQuery("SELECT p.run_id, p.object_key FROM caravan_part p JOIN caravan_run r"
                    + " ON r.run_id = p.run_id" + (pipeline.isPresent() ? " WHERE r.pipeline = :pipeline" : ""))) {
                pipeline.ifPresent(name -> query.bind("pipeline", name));
                query.map((row, context) -> keys.computeIfAbsent(
                                        new RunId(row.getString("run_id")), run -> new HashSet<>())
                                .add(row.getString("object_key")))
                        .list();
            }
            return keys;
        });
    }

    @Override
    public boolean claim(RunId run) {
        return transactions.run("Claiming what run " + run + " left behind", handle -> {
            boolean over = locked(handle, run).filter(JdbcHousekeeping::isOver).isPresent();
            if (over) {
                handle.createUpdate("UPDATE caravan_run SET cleaned = CURRENT_TIMESTAMP WHERE run_id = :run")
                        .bind("run", run.value())
                        .execute();
            }
            return over;
        });
    }

    @Override
    public Optional<Instant> claimed(RunId run) {
        return transactions.run("Asking whether the files of run " + run + " were deleted", handle -> {
            try (Query query =
                    handle.createQuery("SELECT cleaned FROM caravan_run WHERE run_id = :run AND cleaned IS NOT NULL")) {
                return query.bind("run", run.value())
                        .map((row, context) -> Columns.instant(row, "cleaned"))
                        .findOne();
            }
        });
    }

    @Override
    public boolean forget(RunId run) {
        return transactions.run("Forgetting run " + run, handle -> {
            boolean may = locked(handle, run)
                    .filter(known -> isOver(known) && !known.standing())
                    .isPresent();
            if (may) {
                handle.createUpdate("DELETE FROM caravan_run WHERE run_id = :run")
                        .bind("run", run.value())
                        .execute();
            }
            return may;
        });
    }

    private static boolean isOver(OwnedRun run) {
        return run.state() != RunState.RUNNING;
    }

    /** A run as it is while nobody can take, renew or free the lock of its pipeline. */
    private static Optional<OwnedRun> locked(Handle handle, RunId run) {
        handle.createQuery("SELECT token FROM caravan_lock WHERE pipeline ="
                        + " (SELECT pipeline FROM caravan_run WHERE run_id = :run) FOR UPDATE")
                .bind("run", run.value())
                .mapTo(Long.class)
                .list();
        return handle.createQuery(RUNS + " WHERE r.run_id = :run")
                .bind("run", run.value())
                .map((row, context) -> run(row))
                .findOne();
    }
}
