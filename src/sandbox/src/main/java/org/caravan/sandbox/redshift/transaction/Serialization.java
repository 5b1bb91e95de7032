package org.caravan.sandbox.redshift.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Finds the transactions of a cluster that have no serial order, table by table: SERIALIZABLE isolation as
 * https://docs.aws.amazon.com/redshift/latest/dg/c_serial_isolation.html describes it.
 *
 * <p>Of two concurrent transactions the one that read a table comes before the one that wrote it, because its snapshot does not
 * show the change; of two writers of a table the first to write comes first. A statement that would close a cycle is refused.
 * Thread-safe.
 */
public final class Serialization {
    private static final long NEVER = Long.MAX_VALUE;

    /** A table of one database. */
    public record Table(String database, long id) {}

    /**
     * No serial order.
     *
     * @param table the table on which the cycle closed
     * @param transactions the numbers of the transactions of the cycle
     */
    public record Cycle(Table table, List<Long> transactions) {}

    /** One transaction, from its snapshot on. */
    public static final class Transaction {
        private final long snapshot;
        private final BooleanSupplier failed;
        private final Set<Table> reads = new HashSet<>();
        private final Set<Table> writes = new HashSet<>();
        private final Set<Transaction> later = new LinkedHashSet<>();
        private long number;
        private long end = NEVER;
        private boolean committing;
        private boolean dead;

        private Transaction(long snapshot, BooleanSupplier failed) {
            this.snapshot = snapshot;
            this.failed = failed;
        }

        private boolean isOpen() {
            return end == NEVER && !committing;
        }

        private boolean isConcurrentWith(Transaction other) {
            return snapshot < other.end && other.snapshot < end;
        }
    }

    private final Map<Transaction, Boolean> transactions = new HashMap<>();
    private long clock;

    /**
     * Registers a transaction whose snapshot PostgreSQL is about to take; waits for commits that are under way, which the
     * snapshot will show.
     *
     * @param failed whether the transaction has failed, so that what it wrote is void
     */
    public synchronized Transaction begin(BooleanSupplier failed) throws InterruptedException {
        while (transactions.keySet().stream().anyMatch(transaction -> transaction.committing)) {
            wait();
        }
        Transaction transaction = new Transaction(++clock, failed);
        transactions.put(transaction, true);
        return transaction;
    }

    /**
     * Records what a transaction has read and written so far.
     *
     * @return the cycle that this would close; then nothing is recorded, and the caller undoes the transaction
     */
    public synchronized Optional<Cycle> access(
            Transaction transaction, long number, Set<Table> reads, Set<Table> writes) {
        transaction.number = number;
        writes.forEach(table -> releaseOthers(transaction, table));
        for (Table table : reads) {
            if (transaction.reads.add(table)) {
                for (Transaction other : living()) {
                    if (other != transaction && other.writes.contains(table)) {
                        boolean unseen = other.isConcurrentWith(transaction);
                        (unseen ? transaction : other).later.add(unseen ? other : transaction);
                    }
                }
                Optional<Cycle> cycle = cycle(transaction, table);
                if (cycle.isPresent()) {
                    return cycle;
                }
            }
        }
        for (Table table : writes) {
            if (transaction.writes.add(table)) {
                for (Transaction other : living()) {
                    if (other != transaction && (other.writes.contains(table) || other.reads.contains(table))) {
                        other.later.add(transaction);
                    }
                }
                Optional<Cycle> cycle = cycle(transaction, table);
                if (cycle.isPresent()) {
                    return cycle;
                }
            }
        }
        return Optional.empty();
    }

    /** Who has the write lock knows that whoever had it before has ended, even if we have not heard of that end yet. */
    private void releaseOthers(Transaction owner, Table table) {
        for (Transaction other : transactions.keySet()) {
            if (other != owner && other.isOpen() && other.writes.contains(table)) {
                other.dead = true;
            }
        }
    }

    private List<Transaction> living() {
        return transactions.keySet().stream()
                .filter(transaction -> !transaction.isOpen() || !transaction.dead && !transaction.failed.getAsBoolean())
                .toList();
    }

    /** The shortest way from the transaction back to itself. */
    private Optional<Cycle> cycle(Transaction start, Table table) {
        Map<Transaction, Transaction> from = new HashMap<>();
        Deque<Transaction> next = new ArrayDeque<>(List.of(start));
        Set<Transaction> living = new HashSet<>(living());
        while (!next.isEmpty()) {
            Transaction transaction = next.poll();
            for (Transaction other : transaction.later) {
                if (other == start) {
                    return Optional.of(new Cycle(table, path(from, transaction)));
                }
                if (living.contains(other) && from.putIfAbsent(other, transaction) == null) {
                    next.add(other);
                }
            }
        }
        return Optional.empty();
    }

    private static List<Long> path(Map<Transaction, Transaction> from, Transaction last) {
        List<Long> numbers = new ArrayList<>();
        for (Transaction at = last; at != null; at = from.get(at)) {
            numbers.add(0, at.number);
        }
        return numbers;
    }

    /** Says that PostgreSQL is about to commit it; {@link #committed} or {@link #rolledBack} follows. */
    public synchronized void committing(Transaction transaction) {
        transaction.committing = true;
    }

    public synchronized void committed(Transaction transaction) {
        transaction.committing = false;
        transaction.end = ++clock;
        forgetOld();
        notifyAll();
    }

    public synchronized void rolledBack(Transaction transaction) {
        transaction.committing = false;
        transactions.remove(transaction);
        transactions.keySet().forEach(other -> other.later.remove(transaction));
        forgetOld();
        notifyAll();
    }

    /** How many transactions are remembered; for tests of growth. */
    public synchronized int size() {
        return transactions.size();
    }

    /**
     * A committed transaction matters as long as one that began before its end is open, or as a way leads to it from one that
     * matters: new edges always touch an open transaction.
     */
    private void forgetOld() {
        long oldest = transactions.keySet().stream()
                .filter(transaction -> transaction.end == NEVER)
                .mapToLong(transaction -> transaction.snapshot)
                .min()
                .orElse(NEVER);
        Set<Transaction> kept = new HashSet<>();
        Deque<Transaction> next = new ArrayDeque<>();
        for (Transaction transaction : transactions.keySet()) {
            if (transaction.end > oldest) {
                next.add(transaction);
            }
        }
        while (!next.isEmpty()) {
            Transaction transaction = next.poll();
            if (kept.add(transaction)) {
                next.addAll(transaction.later);
            }
        }
        transactions.keySet().retainAll(kept);
    }
}
