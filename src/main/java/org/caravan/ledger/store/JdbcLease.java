package org.caravan.ledger.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.caravan.ledger.Cancellation;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Lease;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Step;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run under way has of the ledger. Whatever it writes, it writes only if the lock is still its own, and renews it; a run whose
 * lock was taken from it is failed at once and may begin no step. Each time it also looks whether the run is to be cancelled.
 */
final class JdbcLease implements Lease {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcLease.class);

    private final Transactions transactions;
    private final RunWriter writer;
    private final Run run;
    private final long token;
    /** How long the ledger may be gone before a step fails for it: half of what the lock lasts. */
    private final Duration outage;

    private volatile boolean lost;
    private Optional<Future<?>> heartbeat = Optional.empty();

    JdbcLease(Transactions transactions, RunWriter writer, Run run, long token, Duration lockExpiry) {
        this.transactions = transactions;
        this.writer = writer;
        this.run = run;
        this.token = token;
        this.outage = lockExpiry.dividedBy(2);
    }

    void keepAlive(ScheduledExecutorService timer, Duration every) {
        heartbeat = Optional.of(
                timer.scheduleWithFixedDelay(this::beat, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void beat() {
        try {
            Found found = transactions.run("Renewing the lock of pipeline '" + run.pipeline() + "'", this::renew);
            if (!found.held()) {
                lose();
            }
            found.request().ifPresent(this::cancel);
        } catch (CaravanException e) {
            LOG.warn("{} run {}: no heartbeat now: {}", run.pipeline(), run.id(), e.getMessage());
        }
    }

    /**
     * What the ledger says of a run that renews its lock.
     *
     * @param held whether it is the run's still
     * @param request that the run is to be cancelled
     */
    private record Found(boolean held, Optional<Cancellation> request) {}

    private Found renew(Handle handle) {
        boolean held = Locks.renew(handle, run.pipeline(), run.id(), token);
        return new Found(held, held ? JdbcCancellations.see(handle, run.id(), token) : Optional.empty());
    }

    private CaravanException cancel(Cancellation request) {
        CaravanException error = new CaravanException(
                Category.INTERRUPTED,
                "The run was cancelled in step " + run.current().label() + ", as " + request.by() + " asked.");
        Runs.stop(run, error);
        return error;
    }

    private CaravanException lose() {
        lost = true;
        heartbeat.ifPresent(beats -> beats.cancel(false));
        CaravanException error = new CaravanException(
                Category.INTERRUPTED,
                "Run " + run.id() + " of pipeline '" + run.pipeline()
                        + "' lost its lock: no heartbeat reached the ledger"
                        + " for too long, and another run has the lock. It goes no further than step "
                        + run.current().label() + ".");
        run.fail(error);
        return error;
    }

    @Override
    public Optional<Origin> origin() {
        return Optional.of(writer.origin());
    }

    @Override
    public Secrets secrets() {
        return writer.secrets();
    }

    @Override
    public OptionalLong token() {
        return OptionalLong.of(token);
    }

    @Override
    public synchronized void enter(Step step) {
        goOn("Noting step " + step.label() + " of run " + run.id(), handle -> writer.progress(handle, run));
    }

    @Override
    public synchronized void add(StagedPart part) {
        goOn("Noting part " + part.number() + " of run " + run.id(), handle -> writer.part(handle, run, part));
    }

    @Override
    public List<RunId> unsettled() {
        return transactions.run(
                "Reading the runs before run " + run.id(), outage, handle -> RunReader.unsettled(handle, run));
    }

    @Override
    public synchronized void settle(RunId earlier, Optional<String> target) {
        goOn("Noting what became of run " + earlier, handle -> RunWriter.settle(handle, earlier, target));
    }

    private interface Write {
        void in(Handle handle);
    }

    private Found write(String doing, Write write) {
        if (!lost) {
            Found found = transactions.run(doing, outage, handle -> ifHeld(handle, write));
            if (found.held()) {
                return found;
            }
        }
        throw lose();
    }

    private Found ifHeld(Handle handle, Write write) {
        Found found = renew(handle);
        if (found.held()) {
            write.in(handle);
        }
        return found;
    }

    /** Writes something with which the run goes on, unless it is to be cancelled. */
    private void goOn(String doing, Write write) {
        Optional<Cancellation> request = write(doing, write).request();
        if (request.isPresent()) {
            throw cancel(request.get());
        }
    }

    @Override
    public synchronized Run.Outcome end(Run.Outcome how) {
        heartbeat.ifPresent(beats -> beats.cancel(false));
        try {
            write("Noting the end of run " + run.id(), handle -> {
                writer.progress(handle, run);
                writer.certificate(handle, run);
                if (how.isDone()) {
                    Increments.advance(handle, run, how.ended());
                }
                writer.end(handle, run.id(), RunState.of(how), how.ended(), how.failure());
                RunWriter.settleEnd(handle, run, how);
                Locks.release(handle, run.pipeline(), run.id(), token);
            });
            return how;
        } catch (CaravanException e) {
            LOG.warn("{} run {}: its end is not in the ledger: {}", run.pipeline(), run.id(), e.getMessage());
            return how.isDone() ? unnoted(how, e) : how;
        }
    }

    private Run.Outcome unnoted(Run.Outcome how, CaravanException error) {
        String published = run.published()
                .map(table -> " The rows of the run are in " + table + ".")
                .orElse("");
        return new Run.Outcome(how.ended(), Optional.of(new Failure(error.category(), error.getMessage() + published)));
    }
}
