package org.caravan.ledger.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.caravan.ledger.Evidence;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Retried;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunParameters;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Step;
import org.caravan.ledger.Warning;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes what is known of a run, within the caller's transaction. Each write may be done again: it puts a state, and does not add to
 * one. Immutable.
 */
final class RunWriter {
    private static final int LONGEST_MESSAGE = 20_000;

    private final Origin origin;
    private final Secrets secrets;

    RunWriter(Origin origin, Secrets secrets) {
        this.origin = requireNonNull(origin, "origin");
        this.secrets = requireNonNull(secrets, "secrets");
    }

    /** Keeps a run that begins. */
    void begin(Handle handle, Run run, long token) {
        handle.createUpdate("INSERT INTO caravan_run (run_id, pipeline, state, started, host, pid, os_user, started_by,"
                        + " settings, configuration, token) VALUES (:run, :pipeline, :state, :started, :host, :pid, :user,"
                        + " :startedBy, :settings, :configuration, :token)")
                .bind("run", run.id().value())
                .bind("pipeline", run.pipeline())
                .bind("state", RunState.RUNNING.label())
                .bind("started", time(run.started()))
                .bind("host", origin.host())
                .bind("pid", origin.pid())
                .bind("user", origin.user())
                .bind("startedBy", origin.startedBy().label())
                .bind("settings", origin.settings())
                .bind("configuration", origin.configuration(run))
                .bind("token", token)
                .execute();
        run.recovery()
                .replaced()
                .ifPresent(other -> resumption(handle, run, token, other.run(), Optional.of(other.why())));
    }

    /** Keeps who goes on with a run, or began one in its place, and who had it before. */
    private void resumption(Handle handle, Run run, long token, RunId interrupted, Optional<String> anew) {
        handle.createUpdate(
                        "INSERT INTO caravan_resumption (run_id, token, resumed, interrupted, started_by, host, pid,"
                                + " os_user, host_before, pid_before, user_before, anew) SELECT :run, :token, :resumed, run_id,"
                                + " :startedBy, :host, :pid, :user, host, pid, os_user, :anew FROM caravan_run"
                                + " WHERE run_id = :interrupted")
                .bind("run", run.id().value())
                .bind("token", token)
                .bind("resumed", time(Instant.now()))
                .bind("startedBy", origin.startedBy().label())
                .bind("host", origin.host())
                .bind("pid", origin.pid())
                .bind("user", origin.user())
                .bind("anew", anew.map(this::message))
                .bind("interrupted", interrupted.value())
                .execute();
    }

    /** Keeps that a run goes on which had ended. */
    void resume(Handle handle, Run run, long token) {
        resumption(handle, run, token, run.id(), Optional.empty());
        handle.createUpdate("UPDATE caravan_run SET state = :state, ended = NULL, failure_category = NULL,"
                        + " failure_message = NULL, settled = FALSE, token = :token, host = :host, pid = :pid,"
                        + " os_user = :user, settings = :settings WHERE run_id = :run")
                .bind("state", RunState.RUNNING.label())
                .bind("token", token)
                .bind("host", origin.host())
                .bind("pid", origin.pid())
                .bind("user", origin.user())
                .bind("settings", origin.settings())
                .bind("run", run.id().value())
                .execute();
    }

    Secrets secrets() {
        return secrets;
    }

    Origin origin() {
        return origin;
    }

    /** Keeps the certificate of a run, if it has one. */
    void certificate(Handle handle, Run run) {
        forget(handle, "caravan_certificate", run.id());
        run.proof().certificate().ifPresent(text -> handle.createUpdate(
                        "INSERT INTO caravan_certificate (run_id, certificate) VALUES (:run, :text)")
                .bind("run", run.id().value())
                .bind("text", text)
                .execute());
    }

    /** Keeps what is known of a run under way. */
    void progress(Handle handle, Run run) {
        handle.createUpdate("UPDATE caravan_run SET configuration = :configuration, query = :query, target = :target,"
                        + " manifest = :manifest WHERE run_id = :run")
                .bind("configuration", origin.configuration(run))
                .bind("query", run.query())
                .bind("target", run.published().map(Object::toString))
                .bind("manifest", run.manifest())
                .bind("run", run.id().value())
                .execute();
        steps(handle, run);
        batch(handle, run, "caravan_count", "point, row_count", counts -> run.counts()
                .forEach((point, rows) -> counts.accept(point.label(), rows)));
        batch(handle, run, "caravan_digest", "computed_by, digest", digests -> run.digests()
                .forEach((point, digest) -> digests.accept(point.label(), digest)));
        alterations(handle, run);
        proofs(handle, run);
        parameters(handle, run);
        retries(handle, run);
        run.recovery().files().ifPresent(files -> {
            forget(handle, "caravan_files", run.id());
            handle.createUpdate("INSERT INTO caravan_files (run_id, files) VALUES (:run, :files)")
                    .bind("run", run.id().value())
                    .bind("files", files.toJson())
                    .execute();
        });
        warnings(handle, run);
        Increments.write(handle, run);
    }

    private interface Rows {
        void accept(String name, Object value);
    }

    private interface Source {
        void give(Rows rows);
    }

    private static void batch(Handle handle, Run run, String table, String columns, Source source) {
        forget(handle, table, run.id());
        try (PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO " + table + " (run_id, " + columns + ") VALUES (:run, :name, :value)")) {
            source.give((name, value) -> batch.bind("run", run.id().value())
                    .bind("name", name)
                    .bind("value", value)
                    .add());
            execute(batch);
        }
    }

    private static void steps(Handle handle, Run run) {
        forget(handle, "caravan_step", run.id());
        try (PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO caravan_step (run_id, step, began, millis) VALUES (:run, :step, :began, :millis)")) {
            run.times().forEach((step, spent) -> batch.bind("run", run.id().value())
                    .bind("step", step.label())
                    .bind("began", time(run.begins().get(step)))
                    .bind("millis", spent.toMillis())
                    .add());
            execute(batch);
        }
    }

    private static void alterations(Handle handle, Run run) {
        forget(handle, "caravan_alteration", run.id());
        try (PreparedBatch batch = handle.prepareBatch("INSERT INTO caravan_alteration"
                + " (run_id, column_name, rule, value_count) VALUES (:run, :column, :rule, :values)")) {
            run.alterations()
                    .forEach((column, rules) -> rules.forEach(
                            (rule, values) -> batch.bind("run", run.id().value())
                                    .bind("column", column)
                                    .bind("rule", rule)
                                    .bind("values", values)
                                    .add()));
            execute(batch);
        }
    }

    private static void proofs(Handle handle, Run run) {
        forget(handle, "caravan_proof", run.id());
        try (PreparedBatch batch = handle.prepareBatch("INSERT INTO caravan_proof"
                + " (run_id, proof, table_name, engine, compared) VALUES (:run, :proof, :table, :engine, :compared)")) {
            List<Evidence.Comparison> proofs = run.proof().evidence().list();
            for (int i = 0; i < proofs.size(); i++) {
                batch.bind("run", run.id().value())
                        .bind("proof", i)
                        .bind("table", proofs.get(i).table())
                        .bind("engine", proofs.get(i).engine().label())
                        .bind("compared", proofs.get(i).labels())
                        .add();
            }
            execute(batch);
        }
    }

    private void parameters(Handle handle, Run run) {
        forget(handle, "caravan_parameter", run.id());
        try (PreparedBatch batch = handle.prepareBatch("INSERT INTO caravan_parameter"
                + " (run_id, ordinal, name, value_type, text_value) VALUES (:run, :ordinal, :name, :type, :text)")) {
            for (RunParameters.Parameter parameter : run.parameters().all()) {
                RunParameters.Parameter masked = parameter.masked(secrets);
                batch.bind("run", run.id().value())
                        .bind("ordinal", batch.size())
                        .bind("name", masked.name())
                        .bind("type", masked.type())
                        .bind("text", masked.value())
                        .add();
            }
            execute(batch);
        }
    }

    private static void retries(Handle handle, Run run) {
        forget(handle, "caravan_retry", run.id());
        try (PreparedBatch batch = handle.prepareBatch("INSERT INTO caravan_retry"
                + " (run_id, number, step, attempt, fault, waited_millis)"
                + " VALUES (:run, :number, :step, :attempt, :fault, :waited)")) {
            int number = 0;
            for (Retried retried : run.recovery().retries().retried()) {
                number++;
                batch.bind("run", run.id().value())
                        .bind("number", number)
                        .bind("step", retried.step().label())
                        .bind("attempt", retried.attempt())
                        .bind("fault", retried.fault())
                        .bind("waited", retried.waited().toMillis())
                        .add();
            }
            execute(batch);
        }
    }

    private void warnings(Handle handle, Run run) {
        forget(handle, "caravan_warning", run.id());
        try (PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO caravan_warning (run_id, place, rule, message) VALUES (:run, :place, :rule, :message)")) {
            int place = 0;
            for (Warning warning : run.warnings().list()) {
                batch.bind("run", run.id().value())
                        .bind("place", ++place)
                        .bind("rule", message(warning.rule()))
                        .bind("message", message(warning.message()))
                        .add();
            }
            execute(batch);
        }
    }

    /** Keeps what Redshift said of a run that ended otherwise than well. */
    static void settle(Handle handle, RunId run, Optional<String> target) {
        handle.createUpdate("UPDATE caravan_run SET settled = TRUE WHERE run_id = :run")
                .bind("run", run.value())
                .execute();
        if (target.isPresent()) {
            String more = " The run is published: its rows came to " + target.get() + ".";
            handle.createUpdate("UPDATE caravan_run SET failure_message = COALESCE(failure_message, '') || :more"
                            + " WHERE run_id = :run AND target IS NULL AND state <> 'done'")
                    .bind("more", more)
                    .bind("run", run.value())
                    .execute();
            handle.createUpdate("UPDATE caravan_run SET target = :target WHERE run_id = :run AND target IS NULL")
                    .bind("target", target.get())
                    .bind("run", run.value())
                    .execute();
        }
    }

    /** A run that ended well and left no table, or never came to Redshift, leaves nothing to find out. */
    static void settleEnd(Handle handle, Run run, Run.Outcome how) {
        boolean clean = run.recovery().remains().tables().isEmpty();
        if (clean && (how.isDone() || !run.begins().containsKey(Step.LOAD))) {
            settle(handle, run.id(), Optional.empty());
        }
    }

    private static void forget(Handle handle, String table, RunId run) {
        handle.createUpdate("DELETE FROM " + table + " WHERE run_id = :run")
                .bind("run", run.value())
                .execute();
    }

    private static void execute(PreparedBatch batch) {
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** Keeps a part. */
    void part(Handle handle, Run run, StagedPart part) {
        handle.createUpdate("DELETE FROM caravan_part WHERE run_id = :run AND part = :part")
                .bind("run", run.id().value())
                .bind("part", part.number())
                .execute();
        handle.createUpdate("INSERT INTO caravan_part (run_id, part, object_key, row_count, byte_count, crc32)"
                        + " VALUES (:run, :part, :key, :rows, :bytes, :crc32)")
                .bind("run", run.id().value())
                .bind("part", part.number())
                .bind("key", part.key())
                .bind("rows", part.rows())
                .bind("bytes", part.bytes())
                .bind("crc32", part.crc32())
                .execute();
    }

    /** Keeps how a run ended. */
    void end(Handle handle, RunId run, RunState state, Instant ended, Optional<Failure> failure) {
        handle.createUpdate("UPDATE caravan_run SET state = :state, ended = :ended, failure_category = :category,"
                        + " failure_message = :message WHERE run_id = :run")
                .bind("state", state.label())
                .bind("ended", time(ended))
                .bind("category", failure.map(why -> why.category().label()))
                .bind("message", failure.map(why -> message(why.message())))
                .bind("run", run.value())
                .execute();
    }

    private String message(String text) {
        String masked = secrets.masked(text);
        return masked.length() <= LONGEST_MESSAGE ? masked : masked.substring(0, LONGEST_MESSAGE - 1) + "…";
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
