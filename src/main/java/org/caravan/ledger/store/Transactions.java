package org.caravan.ledger.store;

import static java.util.Objects.requireNonNull;

import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Short transactions on the ledger's database, each tried again while what stops it passes by itself: another process has the file
 * open for a moment, two transactions met. What they do must be right to do twice: a commit's reply may be lost. Thread-safe.
 */
final class Transactions {
    /** How long another process may keep the file, and two transactions may go on to meet. */
    static final Duration CONTENTION = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    /** Another process has the file for some milliseconds, and may want it again at once: who looks seldom never finds it free. */
    private static final Duration CONTENTION_PAUSE = Duration.ofMillis(30);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /**
     * Unique violation (both began the same lock), serialization failure, deadlock, lock not available; and of H2: file in use,
     * lock timeout, deadlock, row changed, database closed while it was used.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL's codes</a>
     * @see <a href="https://h2database.com/javadoc/org/h2/api/ErrorCode.html">H2's codes</a>
     */
    private static final Set<String> CONTENDED =
            Set.of("23505", "40001", "40P01", "55P03", "90020", "HYT00", "90131", "90098", "90121");

    private final Jdbi jdbi;

    Transactions(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi");
    }

    /** What one transaction does. */
    interface Work<T> {
        T in(Handle handle) throws SQLException;
    }

    /** Runs a transaction; an outage of the database is an error at once. */
    <T> T run(String doing, Work<T> work) {
        return run(doing, Duration.ZERO, work);
    }

    /**
     * Runs a transaction.
     *
     * @param outage how long the database may be gone before that is an error
     * @throws CaravanException if the database cannot do it
     */
    <T> T run(String doing, Duration outage, Work<T> work) {
        return attempt(doing, outage, () -> transaction(work));
    }

    /** Keeps the database open until what it returns is closed: a file is opened with its first connection, and closed with its last. */
    AutoCloseable hold() {
        return attempt("Opening the ledger", Duration.ZERO, jdbi::open);
    }

    private <T> T transaction(Work<T> work) {
        try {
            return jdbi.inTransaction(work::in);
        } catch (SQLException e) {
            throw new TransactionException(e);
        }
    }

    private static <T> T attempt(String doing, Duration outage, Supplier<T> work) {
        // A stopped run notes its end on an interrupted thread, and an interrupt closes the channels of H2's file.
        boolean interrupted = Thread.interrupted();
        try {
            return persist(doing, outage, work);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> T persist(String doing, Duration outage, Supplier<T> work) {
        long began = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return work.get();
            } catch (CaravanException e) {
                throw e;
            } catch (RuntimeException e) {
                boolean contended = isContended(e);
                Duration limit = limit(e, contended, outage);
                if (Duration.ofNanos(System.nanoTime() - began).compareTo(limit) >= 0) {
                    throw failure(doing, e);
                }
                LOG.debug("{} has to wait", doing, e);
                pause(doing, pause);
                Duration longest = contended ? CONTENTION_PAUSE : LONGEST_PAUSE;
                pause = pause.multipliedBy(2).compareTo(longest) < 0 ? pause.multipliedBy(2) : longest;
            }
        }
    }

    private static Duration limit(RuntimeException error, boolean contended, Duration outage) {
        if (contended) {
            return outage.compareTo(CONTENTION) > 0 ? outage : CONTENTION;
        }
        String state = state(error);
        // 08: connection, 57P: the server is stopping or starting, 53: out of connections or memory.
        boolean passes = state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
        return passes ? outage : Duration.ZERO;
    }

    private static boolean isContended(RuntimeException error) {
        return CONTENDED.contains(state(error)) || isClosedByInterrupt(error);
    }

    private static String state(RuntimeException error) {
        return sqlError(error)
                .map(cause -> SqlFailures.root(cause).getSQLState())
                .orElse("");
    }

    private static boolean isClosedByInterrupt(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClosedChannelException) {
                return true;
            }
        }
        return false;
    }

    private static void pause(String doing, Duration pause) {
        long millis = pause.toMillis();
        try {
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaravanException(Category.INTERRUPTED, doing + " was stopped.", e);
        }
    }

    /** What a user can do about an error of the ledger's database. */
    static CaravanException failure(String doing, RuntimeException error) {
        Optional<SQLException> cause = sqlError(error);
        String message = cause.map(sql ->
                        SqlFailures.of(Category.CONFIG, "ledger", doing, sql).getMessage())
                .orElseGet(() -> doing + " failed: " + SqlFailures.oneLine(error.getMessage()));
        boolean advised = message.contains(" ledger.");
        return new CaravanException(
                Category.CONFIG,
                advised ? message : message + " Check the setting ledger.url, and that the database can be used.",
                error);
    }

    private static Optional<SQLException> sqlError(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }
}
