package org.caravan.ledger.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.caravan.ledger.Cancellations;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.FileChanges;
import org.caravan.ledger.History;
import org.caravan.ledger.Housekeeping;
import org.caravan.ledger.Increment;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.Lease;
import org.caravan.ledger.Ledger;
import org.caravan.ledger.Origin;
import org.caravan.ledger.RefusedResumption;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunDetails;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Schedules;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.Standing;
import org.caravan.ledger.Watermarks;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger in a database, H2 or PostgreSQL. Its tables are made when it is first used, so that an application starts although the
 * database is down. Thread-safe. The owner closes it, after the last run; the data source stays the caller's.
 */
public final class JdbcLedger implements Ledger, History, Watermarks, AutoCloseable {
    /** How long a lock outlives its owner's last heartbeat, unless told otherwise. */
    public static final Duration DEFAULT_LOCK_EXPIRY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(JdbcLedger.class);
    private static final int HEARTBEATS_IN_EXPIRY = 4;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final DataSource database;
    private final Transactions transactions;
    private final RunWriter writer;
    private final FileChanges changes;
    private final Duration lockExpiry;
    private final ScheduledExecutorService heartbeats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "caravan-ledger");
        thread.setDaemon(true);
        return thread;
    });
    private boolean migrated;

    /**
     * A ledger that connects to nothing yet.
     *
     * @param secrets what must not be kept, whoever says it
     * @param lockExpiry how long a lock outlives its owner's last heartbeat; there are four heartbeats in it
     */
    public JdbcLedger(DataSource database, Origin origin, Secrets secrets, Duration lockExpiry) {
        this.database = requireNonNull(database, "database");
        this.transactions = new Transactions(Jdbi.create(database));
        this.writer = new RunWriter(origin, secrets);
        this.changes = new JdbcFileChanges(this::migrate, transactions, origin, secrets);
        this.lockExpiry = lockExpiry;
        if (lockExpiry.compareTo(Duration.ofMillis(HEARTBEATS_IN_EXPIRY)) < 0) {
            throw new IllegalArgumentException("lockExpiry must be > 4 ms, not " + lockExpiry);
        }
    }

    /**
     * Makes the tables now, or brings them up to date, rather than when the ledger is first used.
     *
     * @throws CaravanException if that fails; the first use tries again
     */
    public void open() {
        migrate();
    }

    @Override
    public Lease begin(Run run) {
        migrate();
        long token =
                transactions.run("Taking the lock of pipeline '" + run.pipeline() + "'", handle -> take(handle, run));
        JdbcLease lease = new JdbcLease(transactions, writer, run, token, lockExpiry);
        lease.keepAlive(heartbeats, lockExpiry.dividedBy(HEARTBEATS_IN_EXPIRY));
        return lease;
    }

    private long take(Handle handle, Run run) {
        Optional<Locks.Held> held = Locks.lookFor(handle, run.pipeline());
        if (held.isPresent()) {
            boolean resumed = run.recovery().resumption().isPresent();
            if (held.get().run().equals(run.id()) && !resumed) {
                // The reply to this very transaction was lost.
                return held.get().token();
            }
            if (!held.get().isExpired()) {
                throw refusal(handle, run.pipeline(), held.get());
            }
            if (!held.get().run().equals(run.id())) {
                interrupt(handle, run.pipeline(), held.get());
            }
        }
        long token = Locks.take(handle, run.pipeline(), run.id(), lockExpiry);
        if (run.recovery().resumption().isPresent()) {
            checkIsLast(handle, run);
            checkIsNotCleaned(handle, run);
            writer.resume(handle, run, token);
        } else {
            writer.begin(handle, run, token);
        }
        return token;
    }

    /** A run that goes on must not replace the rows of a later one. */
    private static void checkIsLast(Handle handle, Run run) {
        RunReader.publishedAfter(handle, run).ifPresent(later -> {
            throw new RefusedResumption(
                    run.id(),
                    "run " + later + " of pipeline '" + run.pipeline() + "', which began later, is published or may be",
                    "Run the pipeline again.");
        });
    }

    /** What is claimed for cleaning may be deleted at any moment. */
    private static void checkIsNotCleaned(Handle handle, Run run) {
        RunReader.cleaned(handle, run.id()).ifPresent(since -> {
            throw new RefusedResumption(
                    run.id(),
                    "'caravan clean' has deleted its files, or is about to, since " + seconds(since),
                    "Run the pipeline again: caravan retry " + run.id() + ".");
        });
    }

    private void interrupt(Handle handle, String pipeline, Locks.Held held) {
        Optional<KeptRun> lost = RunReader.find(handle, held.run());
        String where = lost.map(run -> on(run.origin())).orElse("");
        LOG.warn(
                "{} run {} is interrupted: its last heartbeat{} was at {}",
                pipeline,
                held.run(),
                where,
                held.heartbeat());
        writer.end(
                handle,
                held.run(),
                RunState.INTERRUPTED,
                held.now(),
                Optional.of(new Failure(
                        Category.INTERRUPTED,
                        "The run was not heard of again: its last heartbeat" + where + " was at "
                                + seconds(held.heartbeat()) + ".")));
    }

    private static CaravanException refusal(Handle handle, String pipeline, Locks.Held held) {
        String where = RunReader.find(handle, held.run())
                .map(run -> on(run.origin()) + ", started by "
                        + run.origin().startedBy().label())
                .orElse("");
        return new CaravanException(
                Category.CONFIG,
                "Pipeline '" + pipeline + "' is under way already: run " + held.run() + " holds its lock since "
                        + seconds(held.taken()) + where + "; its last heartbeat was "
                        + Duration.between(held.heartbeat(), held.now()).toSeconds()
                        + " s ago. Wait until it ends. If that process is dead, the lock expires at "
                        + seconds(held.expires()) + ".");
    }

    private static String on(Origin origin) {
        return " on host " + origin.host() + " (process " + origin.pid() + ", user " + origin.user() + ")";
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public List<KeptRun> latest(Optional<String> pipeline, int limit) {
        migrate();
        return transactions.run("Reading the runs", handle -> RunReader.latest(handle, pipeline, limit));
    }

    @Override
    public Optional<KeptRun> lastGood(String pipeline) {
        migrate();
        return transactions.run(
                "Reading the last good run of pipeline '" + pipeline + "'",
                handle -> RunReader.lastGood(handle, pipeline));
    }

    @Override
    public Map<String, Standing> standings(Set<String> pipelines) {
        migrate();
        return transactions.run("Reading how the pipelines stand", handle -> {
            Map<String, Standing> standings = new TreeMap<>();
            pipelines.forEach(pipeline -> standings.put(pipeline, RunReader.standing(handle, pipeline)));
            return standings;
        });
    }

    @Override
    public Optional<RunDetails> find(RunId id) {
        migrate();
        return transactions.run("Reading run " + id, handle -> RunReader.details(handle, id));
    }

    /** What the runs of this ledger own; usable until this is closed. */
    public Housekeeping housekeeping() {
        migrate();
        return new JdbcHousekeeping(transactions);
    }

    /**
     * Holds the database until what this returns is closed, so that many short uses in a row cost little; if it is a file, other
     * processes wait meanwhile. To be closed by whoever asked, before this ledger.
     */
    public AutoCloseable hold() {
        migrate();
        return transactions.hold();
    }

    /** Where it is asked that runs of this ledger be cancelled; usable until this is closed. */
    public Cancellations cancellations() {
        migrate();
        return new JdbcCancellations(transactions, writer.origin());
    }

    /** What became of the files that services follow. */
    public FileChanges fileChanges() {
        return changes;
    }

    @Override
    public Optional<Schedules> schedules() {
        return Optional.of(new JdbcSchedules(transactions, writer.origin(), this::migrate));
    }

    @Override
    public Optional<String> certificate(RunId id) {
        migrate();
        return transactions.run("Reading the certificate of run " + id, handle -> RunReader.certificate(handle, id));
    }

    @Override
    public Optional<Kept> mark(String pipeline, String name) {
        migrate();
        return transactions.run(
                "Reading the watermark of pipeline '" + pipeline + "'",
                handle -> Increments.mark(handle, pipeline, name));
    }

    @Override
    public Optional<Increment> increment(RunId run) {
        migrate();
        return transactions.run("Reading the increment of run " + run, handle -> Increments.find(handle, run));
    }

    private synchronized void migrate() {
        if (!migrated) {
            migrated = transactions.run("Opening the ledger", guard -> {
                Migration.run(database, guard);
                return true;
            });
        }
    }

    /** Stops the heartbeats; a run that is still under way loses its lock in time. */
    @Override
    public void close() {
        heartbeats.shutdown();
        try {
            // An interrupt would close the file under a heartbeat that is being noted.
            if (!heartbeats.awaitTermination(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                heartbeats.shutdownNow();
            }
        } catch (InterruptedException e) {
            heartbeats.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
