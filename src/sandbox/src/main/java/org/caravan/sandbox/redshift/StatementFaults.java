package org.caravan.sandbox.redshift;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.caravan.sandbox.control.Fault;
import org.caravan.sandbox.control.FaultField;
import org.caravan.sandbox.control.Faults;
import org.caravan.sandbox.redshift.wire.Backend;
import org.caravan.sandbox.redshift.wire.WireOutput;

/**
 * Lets ordered faults strike the statements of one session. The session asks {@link #before} each statement, and tells when it was
 * {@link #carriedOut} and when its transaction was {@link #synced}. Used by the session's thread.
 */
final class StatementFaults {
    private static final Pattern COMMIT = Pattern.compile("^\\s*(commit|end)\\b", Pattern.CASE_INSENSITIVE);
    private static final int RUNS_MILLIS = 50;

    private final Faults faults;
    private final WireOutput client;
    private final Backend backend;
    private final Runnable cancel;
    private Optional<String> cutWhenCarriedOut = Optional.empty();
    private Optional<String> cutWhenSynced = Optional.empty();
    private Optional<Thread> canceller = Optional.empty();

    /** @param cancel stops the session's statement if it is not one that PostgreSQL runs; from any thread */
    StatementFaults(Faults faults, WireOutput client, Backend backend, Runnable cancel) {
        this.faults = faults;
        this.client = client;
        this.backend = backend;
        this.cancel = cancel;
    }

    /**
     * Lets the faults strike that come before the statement is carried out, and prepares those that come later.
     *
     * @return whether it is still to be carried out; if not, the client has the error
     * @throws ConnectionCut if the session ends here
     */
    boolean before(String statement) throws IOException {
        if (!faults.areOrdered()) {
            return true;
        }
        if (strike(RedshiftFaults.DROP_BEFORE, statement).isPresent()) {
            throw cut(RedshiftFaults.DROP_BEFORE);
        }
        boolean commits = COMMIT.matcher(statement).find();
        if (commits && strike(RedshiftFaults.DROP_BEFORE_COMMIT, statement).isPresent()) {
            throw cut(RedshiftFaults.DROP_BEFORE_COMMIT);
        }
        Optional<Fault> slow = strike(RedshiftFaults.SLOW, statement);
        if (slow.isPresent() && !sleep(slow.get().number(FaultField.MILLIS).orElseThrow())) {
            return false;
        }
        Optional<Fault> error = strike(RedshiftFaults.ERROR, statement);
        if (error.isPresent()) {
            backend.refuse(RedshiftFaults.error(error.get()));
            return false;
        }
        if (strike(RedshiftFaults.DISK_FULL, statement).isPresent()) {
            backend.refuse(RedshiftFaults.diskFull());
            return false;
        }
        Optional<Fault> during = strike(RedshiftFaults.DROP_DURING, statement);
        if (during.isPresent()) {
            client.mute();
            cutWhenCarriedOut = Optional.of(RedshiftFaults.DROP_DURING);
            canceller = Optional.of(
                    cancelAfter(during.get().number(FaultField.MILLIS).orElse(RUNS_MILLIS)));
        } else if (strike(RedshiftFaults.DROP_AFTER, statement).isPresent()) {
            muteUntilSynced(RedshiftFaults.DROP_AFTER);
        } else if (commits
                && strike(RedshiftFaults.DROP_AFTER_COMMIT, statement).isPresent()) {
            muteUntilSynced(RedshiftFaults.DROP_AFTER_COMMIT);
        }
        return true;
    }

    private Optional<Fault> strike(String name, String statement) {
        return faults.strike(name, fault -> fault.isFoundIn(FaultField.STATEMENT, statement));
    }

    private ConnectionCut cut(String fault) {
        client.mute();
        return new ConnectionCut(fault);
    }

    private void muteUntilSynced(String fault) {
        client.mute();
        cutWhenSynced = Optional.of(fault);
    }

    /** PostgreSQL itself waits, so that a cancel request or a statement timeout ends it as it would end the statement. */
    private boolean sleep(int millis) throws IOException {
        return backend.run(String.format(Locale.ROOT, "select redshift_pg.pg_sleep(%.3f::float8)", millis / 1000.0));
    }

    private Thread cancelAfter(int millis) {
        return Connections.daemon("redshift-fault", () -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            cancel.run();
        });
    }

    /** The statement was carried out, or at least sent to PostgreSQL. */
    void carriedOut() throws IOException {
        if (cutWhenCarriedOut.isPresent()) {
            backend.flush();
            join(canceller.orElseThrow());
            throw cut(cutWhenCarriedOut.get());
        }
    }

    /** A Sync was sent: a statement that is its own transaction is committed when that is answered. */
    void synced() throws IOException {
        if (cutWhenSynced.isPresent()) {
            backend.settle();
            throw cut(cutWhenSynced.get());
        }
    }

    private static void join(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a fault waits", e);
        }
    }
}
