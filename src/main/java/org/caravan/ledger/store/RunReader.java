package org.caravan.ledger.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.caravan.ledger.Category;
import org.caravan.ledger.Evidence;
import org.caravan.ledger.Failure;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Point;
import org.caravan.ledger.Resumed;
import org.caravan.ledger.Retried;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunDetails;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunParameters;
import org.caravan.ledger.RunState;
import org.caravan.ledger.StagedFiles;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Standing;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.Step;
import org.caravan.ledger.Warning;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads runs, within the caller's transaction; stateless. */
final class RunReader {
    /** A run whose lock has expired, or is another's, is over, whatever its row says: nobody was left to note it. */
    private static final String RUNS = "SELECT r.*, l.heartbeat, l.expiry_millis, CURRENT_TIMESTAMP AS checked,"
            + " (SELECT COUNT(*) FROM caravan_part p WHERE p.run_id = r.run_id) AS parts,"
            + " (SELECT COALESCE(SUM(p.byte_count), 0) FROM caravan_part p WHERE p.run_id = r.run_id) AS bytes"
            + " FROM caravan_run r LEFT JOIN caravan_lock l ON l.run_id = r.run_id AND l.token = r.token";

    private RunReader() {}

    static List<KeptRun> latest(Handle handle, Optional<String> pipeline, int limit) {
        try (Query query = handle.createQuery(RUNS + (pipeline.isPresent() ? " WHERE r.pipeline = :pipeline" : "")
                + " ORDER BY r.run_id DESC LIMIT :limit")) {
            pipeline.ifPresent(name -> query.bind("pipeline", name));
            return query.bind("limit", limit)
                    .map((row, context) -> run(handle, row))
                    .list();
        }
    }

    static Optional<KeptRun> lastGood(Handle handle, String pipeline) {
        return handle.createQuery(RUNS + " WHERE r.pipeline = :pipeline AND r.state = 'done' AND EXISTS (SELECT 1 FROM"
                        + " caravan_count c WHERE c.run_id = r.run_id AND c.point = 'source' AND c.row_count > 0)"
                        + " ORDER BY r.run_id DESC LIMIT 1")
                .bind("pipeline", pipeline)
                .map((row, context) -> run(handle, row))
                .findOne();
    }

    static Standing standing(Handle handle, String pipeline) {
        Optional<Instant> lastDone = handle.createQuery("SELECT ended FROM caravan_run WHERE pipeline = :pipeline AND"
                        + " state = 'done' ORDER BY run_id DESC LIMIT 1")
                .bind("pipeline", pipeline)
                .map((row, context) -> Columns.instant(row, "ended"))
                .findOne();
        return new Standing(latest(handle, Optional.of(pipeline), 2), lastDone);
    }

    static Optional<KeptRun> find(Handle handle, RunId id) {
        return handle.createQuery(RUNS + " WHERE r.run_id = :run")
                .bind("run", id.value())
                .map((row, context) -> run(handle, row))
                .findOne();
    }

    static Optional<RunDetails> details(Handle handle, RunId id) {
        return find(handle, id)
                .map(run -> new RunDetails(
                        run,
                        steps(handle, id),
                        digests(handle, id),
                        parts(handle, id),
                        alterations(handle, id),
                        proofs(handle, id),
                        parameters(handle, id),
                        retries(handle, id),
                        files(handle, id),
                        warnings(handle, id),
                        resumptions(handle, id),
                        JdbcCancellations.find(handle, id, run.token())));
    }

    /** The pipeline's runs before a run of which it is not known what became of them in Redshift. */
    static List<RunId> unsettled(Handle handle, Run run) {
        return handle.createQuery("SELECT run_id FROM caravan_run WHERE pipeline = :pipeline AND run_id < :run"
                        + " AND NOT settled ORDER BY run_id")
                .bind("pipeline", run.pipeline())
                .bind("run", run.id().value())
                .map((row, context) -> new RunId(row.getString("run_id")))
                .list();
    }

    /** A run of the pipeline that began after a run and is published, or of which that is not known. */
    static Optional<RunId> publishedAfter(Handle handle, Run run) {
        return handle.createQuery("SELECT MAX(run_id) AS run_id FROM caravan_run WHERE pipeline = :pipeline"
                        + " AND run_id > :run AND (target IS NOT NULL OR NOT settled)")
                .bind("pipeline", run.pipeline())
                .bind("run", run.id().value())
                .map((row, context) -> Columns.find(row, "run_id"))
                .one()
                .map(RunId::new);
    }

    /** When what the run left behind was claimed for cleaning; empty if it was not. */
    static Optional<Instant> cleaned(Handle handle, RunId id) {
        return of(handle, "SELECT cleaned FROM caravan_run", id)
                .map((row, context) -> Columns.findInstant(row, "cleaned"))
                .one();
    }

    private static Optional<StagedFiles> files(Handle handle, RunId id) {
        return of(handle, "SELECT files FROM caravan_files", id)
                .map((row, context) -> StagedFiles.ofJson(row.getString("files")))
                .findOne();
    }

    private static List<Retried> retries(Handle handle, RunId id) {
        return of(handle, "SELECT step, attempt, fault, waited_millis FROM caravan_retry", id, " ORDER BY number")
                .map((row, context) -> new Retried(
                        Step.valueOf(name(row.getString("step"))),
                        row.getInt("attempt"),
                        row.getString("fault"),
                        Duration.ofMillis(row.getLong("waited_millis"))))
                .list();
    }

    private static List<Resumed> resumptions(Handle handle, RunId id) {
        return of(handle, "SELECT * FROM caravan_resumption", id, " ORDER BY token")
                .map((row, context) -> new Resumed(
                        new RunId(row.getString("interrupted")),
                        Columns.instant(row, "resumed"),
                        StartedBy.valueOf(name(row.getString("started_by"))),
                        new Resumed.Holder(row.getString("host"), row.getLong("pid"), row.getString("os_user")),
                        new Resumed.Holder(
                                row.getString("host_before"), row.getLong("pid_before"), row.getString("user_before")),
                        Columns.find(row, "anew")))
                .list();
    }

    private static KeptRun run(Handle handle, ResultSet row) throws SQLException {
        RunId id = new RunId(row.getString("run_id"));
        Optional<String> category = Columns.find(row, "failure_category");
        Optional<String> message = Columns.find(row, "failure_message");
        return new KeptRun(
                id,
                row.getString("pipeline"),
                state(row),
                Columns.instant(row, "started"),
                Columns.findInstant(row, "ended"),
                new Origin(
                        row.getString("host"),
                        row.getLong("pid"),
                        row.getString("os_user"),
                        StartedBy.valueOf(name(row.getString("started_by"))),
                        row.getString("settings")),
                row.getString("configuration"),
                Columns.find(row, "query"),
                row.getLong("token"),
                Columns.find(row, "target"),
                Columns.find(row, "manifest"),
                category.map(label -> new Failure(Category.valueOf(name(label)), message.orElse(""))),
                counts(handle, id),
                row.getInt("parts"),
                row.getLong("bytes"));
    }

    static RunState state(ResultSet row) throws SQLException {
        RunState state = RunState.valueOf(name(row.getString("state")));
        if (state != RunState.RUNNING) {
            return state;
        }
        Duration expiry = Duration.ofMillis(row.getLong("expiry_millis"));
        Instant now = Columns.instant(row, "checked");
        return Columns.findInstant(row, "heartbeat")
                .filter(heartbeat -> now.isBefore(heartbeat.plus(expiry)))
                .map(heartbeat -> state)
                .orElse(RunState.INTERRUPTED);
    }

    private static Map<Point, Long> counts(Handle handle, RunId id) {
        Map<Point, Long> counts = new EnumMap<>(Point.class);
        of(handle, "SELECT point, row_count FROM caravan_count", id)
                .map((row, context) ->
                        counts.put(Point.valueOf(name(row.getString("point"))), row.getLong("row_count")))
                .list();
        return counts;
    }

    private static Map<Point, String> digests(Handle handle, RunId id) {
        Map<Point, String> digests = new EnumMap<>(Point.class);
        of(handle, "SELECT computed_by, digest FROM caravan_digest", id)
                .map((row, context) ->
                        digests.put(Point.valueOf(name(row.getString("computed_by"))), row.getString("digest")))
                .list();
        return digests;
    }

    private static Map<Step, RunDetails.StepTime> steps(Handle handle, RunId id) {
        Map<Step, RunDetails.StepTime> steps = new EnumMap<>(Step.class);
        of(handle, "SELECT step, began, millis FROM caravan_step", id)
                .map((row, context) -> steps.put(
                        Step.valueOf(name(row.getString("step"))),
                        new RunDetails.StepTime(
                                Columns.instant(row, "began"), Duration.ofMillis(row.getLong("millis")))))
                .list();
        return steps;
    }

    private static List<StagedPart> parts(Handle handle, RunId id) {
        return of(
                        handle,
                        "SELECT part, object_key, row_count, byte_count, crc32 FROM caravan_part",
                        id,
                        " ORDER BY part")
                .map((row, context) -> new StagedPart(
                        row.getInt("part"),
                        row.getString("object_key"),
                        row.getLong("row_count"),
                        row.getLong("byte_count"),
                        row.getLong("crc32")))
                .list();
    }

    private static Map<String, Map<String, Long>> alterations(Handle handle, RunId id) {
        Map<String, Map<String, Long>> alterations = new TreeMap<>();
        of(handle, "SELECT column_name, rule, value_count FROM caravan_alteration", id)
                .map((row, context) -> alterations
                        .computeIfAbsent(row.getString("column_name"), column -> new TreeMap<>())
                        .put(row.getString("rule"), row.getLong("value_count")))
                .list();
        return alterations;
    }

    private static List<Evidence.Comparison> proofs(Handle handle, RunId id) {
        return of(handle, "SELECT table_name, engine, compared FROM caravan_proof", id, " ORDER BY proof")
                .map((row, context) -> Evidence.Comparison.of(
                        row.getString("table_name"),
                        Point.valueOf(name(row.getString("engine"))),
                        row.getString("compared")))
                .list();
    }

    private static List<RunParameters.Parameter> parameters(Handle handle, RunId id) {
        return of(handle, "SELECT name, value_type, text_value FROM caravan_parameter", id, " ORDER BY ordinal")
                .map((row, context) -> new RunParameters.Parameter(
                        row.getString("name"), row.getString("value_type"), row.getString("text_value")))
                .list();
    }

    private static List<Warning> warnings(Handle handle, RunId id) {
        return of(handle, "SELECT rule, message FROM caravan_warning", id, " ORDER BY place")
                .map((row, context) -> new Warning(row.getString("rule"), row.getString("message")))
                .list();
    }

    static Optional<String> certificate(Handle handle, RunId id) {
        return of(handle, "SELECT certificate FROM caravan_certificate", id)
                .mapTo(String.class)
                .findOne();
    }

    private static Query of(Handle handle, String sql, RunId id) {
        return of(handle, sql, id, "");
    }

    private static Query of(Handle handle, String sql, RunId id, String order) {
        return handle.createQuery(sql + " WHERE run_id = :run" + order).bind("run", id.value());
    }

    /** The name of the constant that has a label. */
    private static String name(String label) {
        return label.toUpperCase(Locale.ROOT);
    }
}
