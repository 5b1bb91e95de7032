package org.caravan.ledger.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Fire;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Pause;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Schedules;
import org.jdbi.v3.core.Handle;

/** Keeps schedules in the ledger's database. Thread-safe. */
final class JdbcSchedules implements Schedules {
    private static final Duration KEPT = Duration.ofDays(60);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final String ONE = " WHERE pipeline = :pipeline AND fire = :fire";

    private final Transactions transactions;
    private final Origin origin;
    private final Runnable migration;

    /**
     * Schedules in a database.
     *
     * @param migration makes the tables, if that was not done yet
     */
    JdbcSchedules(Transactions transactions, Origin origin, Runnable migration) {
        this.transactions = transactions;
        this.origin = origin;
        this.migration = migration;
    }

    private <T> T run(String doing, Transactions.Work<T> work) {
        migration.run();
        return transactions.run(doing, work);
    }

    @Override
    public Claim take(Fire fire, Attempt attempt) {
        String owner = UUID.randomUUID().toString();
        return run(
                "Taking the time of pipeline '" + fire.pipeline() + "' " + fire,
                handle -> take(handle, fire, attempt, owner));
    }

    private Claim take(Handle handle, Fire fire, Attempt attempt, String owner) {
        Optional<Taken> there = handle.createQuery(
                        "SELECT owner, state, host, pid, taken FROM caravan_fire" + ONE + " FOR UPDATE")
                .bind("pipeline", fire.pipeline())
                .bind("fire", fire.key())
                .map((row, context) -> Taken.of(row))
                .findOne();
        if (there.isEmpty()) {
            return takeFirst(handle, fire, owner);
        }
        Taken taken = there.get();
        if (taken.owner().equals(owner)) {
            // The reply to this very transaction was lost.
            return new Granted(Optional.empty());
        }
        if (!taken.state().equals("taken")) {
            return new Over("it is " + taken.state() + " already");
        }
        if (attempt == Attempt.FIRST) {
            return new Over("process " + taken.pid() + " on host " + taken.host() + " has it");
        }
        return takeOver(handle, fire, taken, owner);
    }

    private Claim takeFirst(Handle handle, Fire fire, String owner) {
        forgetOld(handle, fire.pipeline());
        Optional<Pause> pause = Optional.ofNullable(pauses(handle).get(fire.pipeline()));
        handle.createUpdate("INSERT INTO caravan_fire (pipeline, fire, due, state, owner, host, pid, attempts, taken)"
                        + " VALUES (:pipeline, :fire, :due, :state, :owner, :host, :pid, 1, :taken)")
                .bind("pipeline", fire.pipeline())
                .bind("fire", fire.key())
                .bind("due", time(fire.due()))
                .bind("state", pause.isPresent() ? "skipped" : "taken")
                .bind("owner", owner)
                .bind("host", origin.host())
                .bind("pid", origin.pid())
                .bind("taken", time(Instant.now()))
                .execute();
        fire.follows().forEach((other, run) -> followed(handle, fire.pipeline(), other, run.value()));
        return pause.<Claim>map(why -> new Over("the pipeline is paused since "
                        + why.since().truncatedTo(ChronoUnit.SECONDS) + " by " + why.by()))
                .orElseGet(() -> new Granted(Optional.empty()));
    }

    private static void forgetOld(Handle handle, String pipeline) {
        handle.createUpdate("DELETE FROM caravan_fire WHERE pipeline = :pipeline AND due < :old")
                .bind("pipeline", pipeline)
                .bind("old", time(Instant.now().minus(KEPT)))
                .execute();
    }

    private Claim takeOver(Handle handle, Fire fire, Taken taken, String owner) {
        Optional<Locks.Held> held = Locks.lookFor(handle, fire.pipeline()).filter(lock -> !lock.isExpired());
        if (held.isPresent()) {
            Duration left = Duration.between(held.get().now(), held.get().expires());
            return new Busy(left.compareTo(LONGEST_WAIT) < 0 ? left.plusMillis(100) : LONGEST_WAIT);
        }
        Optional<Begun> begun = Begun.find(handle, fire, taken);
        Optional<Begun> ended = begun.filter(Begun::isOver);
        if (ended.isPresent()) {
            boolean done = ended.get().state().equals(RunState.DONE.label());
            end(handle, fire, done ? "done" : "failed", Optional.of(ended.get().id()));
            return new Over("its run " + ended.get().id() + " is "
                    + (ended.get().cancelled() && !done
                            ? "cancelled"
                            : ended.get().state()));
        }
        handle.createUpdate("UPDATE caravan_fire SET owner = :owner, host = :host, pid = :pid, taken = :taken,"
                        + " attempts = attempts + 1" + ONE)
                .bind("owner", owner)
                .bind("host", origin.host())
                .bind("pid", origin.pid())
                .bind("taken", time(Instant.now()))
                .bind("pipeline", fire.pipeline())
                .bind("fire", fire.key())
                .execute();
        return new Granted(begun.map(Begun::id));
    }

    @Override
    public Optional<Fire> unfinished(String pipeline) {
        return run("Reading which run of pipeline '" + pipeline + "' was interrupted", handle -> {
            Optional<Map.Entry<Fire, Taken>> last = handle.createQuery(
                            "SELECT fire, due, owner, state, host, pid, taken FROM caravan_fire WHERE pipeline = :pipeline"
                                    + " ORDER BY taken DESC FETCH FIRST 1 ROW ONLY")
                    .bind("pipeline", pipeline)
                    .map((row, context) -> Map.entry(
                            new Fire(pipeline, row.getString("fire"), Columns.instant(row, "due"), Map.of()),
                            Taken.of(row)))
                    .findOne();
            return last.filter(found -> found.getValue().state().equals("taken"))
                    .filter(found -> Begun.find(handle, found.getKey(), found.getValue())
                            .filter(begun -> !begun.isOver())
                            .isPresent())
                    .map(Map.Entry::getKey);
        });
    }

    @Override
    public void end(Fire fire, Optional<RunId> run, Optional<Failure> failure) {
        run("Noting the end of the time of pipeline '" + fire.pipeline() + "' " + fire, handle -> {
            end(handle, fire, failure.isPresent() ? "failed" : "done", run);
            return true;
        });
    }

    private static void end(Handle handle, Fire fire, String state, Optional<RunId> run) {
        handle.createUpdate("UPDATE caravan_fire SET state = :state, ended = :ended, run_id = :run" + ONE)
                .bind("state", state)
                .bind("ended", time(Instant.now()))
                .bind("run", run.map(RunId::value))
                .bind("pipeline", fire.pipeline())
                .bind("fire", fire.key())
                .execute();
    }

    @Override
    public Instant since(String pipeline, String timetable) {
        return run("Noting the schedule of pipeline '" + pipeline + "'", handle -> {
            make(handle, pipeline);
            handle.createUpdate("UPDATE caravan_schedule SET timetable = :timetable, since = CURRENT_TIMESTAMP"
                            + " WHERE pipeline = :pipeline AND (timetable IS NULL OR timetable <> :timetable)")
                    .bind("timetable", timetable)
                    .bind("pipeline", pipeline)
                    .execute();
            return handle.createQuery(
                            "SELECT GREATEST(since, COALESCE((SELECT MAX(due) FROM caravan_fire WHERE pipeline ="
                                    + " :pipeline), since)) AS behind FROM caravan_schedule WHERE pipeline = :pipeline")
                    .bind("pipeline", pipeline)
                    .map((row, context) -> Columns.instant(row, "behind"))
                    .one();
        });
    }

    private static void make(Handle handle, String pipeline) {
        handle.createUpdate("INSERT INTO caravan_schedule (pipeline) SELECT :pipeline WHERE NOT EXISTS"
                        + " (SELECT 1 FROM caravan_schedule WHERE pipeline = :pipeline)")
                .bind("pipeline", pipeline)
                .execute();
    }

    @Override
    public boolean pause(String pipeline, String reason) {
        return run("Pausing pipeline '" + pipeline + "'", handle -> {
            make(handle, pipeline);
            return handle.createUpdate("UPDATE caravan_schedule SET paused = CURRENT_TIMESTAMP, paused_by = :by,"
                                    + " reason = :reason WHERE pipeline = :pipeline AND paused IS NULL")
                            .bind("by", origin.user() + "@" + origin.host())
                            .bind("reason", reason)
                            .bind("pipeline", pipeline)
                            .execute()
                    == 1;
        });
    }

    @Override
    public boolean unpause(String pipeline) {
        return run(
                "Letting pipeline '" + pipeline + "' run again",
                handle -> handle.createUpdate("UPDATE caravan_schedule SET paused = NULL, since = CURRENT_TIMESTAMP"
                                        + " WHERE pipeline = :pipeline AND paused IS NOT NULL")
                                .bind("pipeline", pipeline)
                                .execute()
                        == 1);
    }

    @Override
    public Map<String, Pause> pauses() {
        return run("Reading which pipelines are paused", JdbcSchedules::pauses);
    }

    private static Map<String, Pause> pauses(Handle handle) {
        Map<String, Pause> pauses = new TreeMap<>();
        handle.createQuery("SELECT pipeline, paused, paused_by, reason FROM caravan_schedule WHERE paused IS NOT NULL")
                .map((row, context) -> Map.entry(
                        row.getString("pipeline"),
                        new Pause(Columns.instant(row, "paused"), row.getString("paused_by"), row.getString("reason"))))
                .forEach(entry -> pauses.put(entry.getKey(), entry.getValue()));
        return pauses;
    }

    @Override
    public void follow(String pipeline, Set<String> others) {
        run("Noting what pipeline '" + pipeline + "' follows", handle -> {
            Map<String, String> known = followed(handle, pipeline);
            for (String other : others) {
                if (!known.containsKey(other)) {
                    followed(handle, pipeline, other, lastDone(handle, other).orElse(""));
                }
            }
            return true;
        });
    }

    @Override
    public Optional<Fire> next(String pipeline, Set<String> others) {
        return run("Looking for what pipeline '" + pipeline + "' follows", handle -> {
            Map<String, String> known = followed(handle, pipeline);
            Map<String, RunId> follows = new HashMap<>();
            for (String other : others) {
                lastDone(handle, other)
                        .filter(run -> run.compareTo(known.getOrDefault(other, "")) > 0)
                        .ifPresent(run -> follows.put(other, new RunId(run)));
            }
            return follows.isEmpty() || !follows.keySet().containsAll(others)
                    ? Optional.<Fire>empty()
                    : Optional.of(new Fire(
                            pipeline,
                            "after "
                                    + follows.values().stream()
                                            .map(RunId::value)
                                            .max(String::compareTo)
                                            .orElseThrow(),
                            Instant.now().truncatedTo(ChronoUnit.MILLIS),
                            follows));
        });
    }

    private static Optional<String> lastDone(Handle handle, String pipeline) {
        return handle.createQuery("SELECT run_id FROM caravan_run WHERE pipeline = :pipeline AND state = 'done'"
                        + " ORDER BY run_id DESC FETCH FIRST 1 ROW ONLY")
                .bind("pipeline", pipeline)
                .mapTo(String.class)
                .findOne();
    }

    private static Map<String, String> followed(Handle handle, String pipeline) {
        Map<String, String> runs = new HashMap<>();
        handle.createQuery("SELECT other, run_id FROM caravan_follow WHERE pipeline = :pipeline")
                .bind("pipeline", pipeline)
                .map((row, context) -> Map.entry(row.getString("other"), row.getString("run_id")))
                .forEach(entry -> runs.put(entry.getKey(), entry.getValue()));
        return runs;
    }

    private static void followed(Handle handle, String pipeline, String other, String run) {
        int known = handle.createUpdate(
                        "UPDATE caravan_follow SET run_id = :run WHERE pipeline = :pipeline AND other = :other")
                .bind("run", run)
                .bind("pipeline", pipeline)
                .bind("other", other)
                .execute();
        if (known == 0) {
            handle.createUpdate("INSERT INTO caravan_follow (pipeline, other, run_id) VALUES (:pipeline, :other, :run)")
                    .bind("run", run)
                    .bind("pipeline", pipeline)
                    .bind("other", other)
                    .execute();
        }
    }

    @Override
    public void serve(String node, Set<String> pipelines) {
        run("Noting that node " + node + " is up", handle -> {
            leave(handle, node);
            handle.createUpdate("INSERT INTO caravan_node (node, heartbeat) VALUES (:node, CURRENT_TIMESTAMP)")
                    .bind("node", node)
                    .execute();
            for (String pipeline : pipelines) {
                handle.createUpdate("INSERT INTO caravan_serving (node, pipeline) VALUES (:node, :pipeline)")
                        .bind("node", node)
                        .bind("pipeline", pipeline)
                        .execute();
            }
            return true;
        });
    }

    @Override
    public void leave(String node) {
        run("Noting that node " + node + " goes down", handle -> {
            leave(handle, node);
            return true;
        });
    }

    private static void leave(Handle handle, String node) {
        handle.createUpdate("DELETE FROM caravan_node WHERE node = :node")
                .bind("node", node)
                .execute();
    }

    @Override
    public Set<String> served(Duration lately) {
        return run("Reading which pipelines are served", handle -> {
            Set<String> served = new HashSet<>();
            handle.createQuery("SELECT s.pipeline, n.heartbeat, CURRENT_TIMESTAMP AS checked FROM caravan_serving s"
                            + " JOIN caravan_node n ON n.node = s.node")
                    .map((row, context) ->
                            Columns.instant(row, "heartbeat").plus(lately).isAfter(Columns.instant(row, "checked"))
                                    ? row.getString("pipeline")
                                    : "")
                    .forEach(served::add);
            served.remove("");
            return served;
        });
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
