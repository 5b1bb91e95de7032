package org.caravan.sandbox.redshift.transaction;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.wire.Answer;
import org.caravan.sandbox.redshift.wire.Backend;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * The transactions of one session: takes Redshift's write locks before PostgreSQL takes the snapshot, and refuses what has no
 * serial order. Belongs to the session's thread.
 *
 * <p>Writers of a table wait for one another (https://docs.aws.amazon.com/redshift/latest/dg/c_write_readwrite.html); the lock
 * that they show in SVV_TRANSACTIONS is ShareRowExclusiveLock. A write outside a transaction block gets a block that the client
 * does not see and that ends at its Sync, because only LOCK TABLE takes a lock before the snapshot.
 */
public final class TransactionControl {
    private static final String LOCKS = "select pg_catalog.pg_current_xact_id()::text, l.relation::bigint,"
            + " bool_or(l.mode = 'AccessShareLock'), bool_or(l.mode in ('RowExclusiveLock', 'ShareRowExclusiveLock')),"
            + " c.oid is null and pg_catalog.pg_table_is_visible(l.relation) is not null, coalesce(c.relkind, ' '), coalesce(c.relname, ''), coalesce(l.relation = any (array[%s]::oid[]), false)"
            + " from pg_catalog.pg_locks l left join pg_catalog.pg_class c on c.oid = l.relation"
            + " where l.pid = pg_catalog.pg_backend_pid() and l.locktype = 'relation' and l.relation >= 16384"
            + " and coalesce(c.relkind, 'r') in ('r', 'v', 'm') and coalesce(c.relnamespace::regnamespace::text, '') not in ('redshift', 'pg_catalog')"
            + " group by 2, 5, 6, 7, 8";

    private record Lock(
            long table, boolean read, boolean written, boolean unseen, String kind, String name, boolean target) {}

    private final Backend backend;
    private final Serialization serialization;
    private final ConflictLog conflicts;
    private final String database;
    private final int pid;
    private final Set<TableName> locked = new HashSet<>();
    private Optional<Serialization.Transaction> transaction = Optional.empty();
    private Optional<Boolean> serializable = Optional.empty();
    private boolean ownBlock;
    /** Whether nothing has run since the last Sync. */
    private boolean fresh = true;

    private String number = "0";
    private long lastTarget;

    public TransactionControl(
            Backend backend, Serialization serialization, ConflictLog conflicts, String database, int pid) {
        this.backend = backend;
        this.serialization = serialization;
        this.conflicts = conflicts;
        this.database = database;
        this.pid = pid;
    }

    /** Whether the client is inside a transaction block of its own; exact after the backend has settled. */
    public boolean inBlock() {
        return backend.inBlock() && !ownBlock;
    }

    /** Prepares the transaction for a statement that PostgreSQL is about to parse or bind, which may take the snapshot. */
    public void before(Footprint footprint) throws IOException {
        boolean first = fresh;
        fresh = false;
        if (!footprint.usesTables() || !backend.settle()) {
            return;
        }
        boolean writes = !footprint.targets().isEmpty() || footprint.kind() == Footprint.Kind.LOCK;
        if (backend.failed()) {
            return;
        }
        if (!writes && !backend.inBlock()) {
            if (first) {
                // So that a query which has waited for a table to be swapped sees what the new one holds.
                backend.run("set transaction_isolation = 'read committed'");
            }
            return;
        }
        if (!backend.inBlock()) {
            if (!backend.run("begin")) {
                return;
            }
            ownBlock = true;
        }
        for (TableName table : footprint.targets()) {
            if (locked.add(table)
                    && !backend.run(
                            "lock table " + table.sql() + " in share row exclusive mode",
                            lockWords(footprint, table))) {
                return;
            }
        }
        if (footprint.kind() != Footprint.Kind.LOCK && transaction.isEmpty()) {
            transaction = Optional.of(begin());
        }
    }

    private Answer lockWords(Footprint footprint, TableName table) {
        Answer hidden = backend.hidden();
        return footprint.kind() == Footprint.Kind.COPY
                ? new MissingTable(hidden, "Cannot COPY into nonexistent table " + table.table())
                : hidden;
    }

    private Serialization.Transaction begin() throws IOException {
        try {
            return serialization.begin(backend::failed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while other transactions commit", e);
        }
    }

    /** Checks a statement that is bound and about to run; false if it was refused, and then the client has the error. */
    public boolean mayRun(Footprint footprint) throws IOException {
        if (footprint.kind() == Footprint.Kind.BEGIN) {
            // A block that the client opens in a batch that has written already goes on after the batch.
            ownBlock = false;
            return true;
        }
        if (ends(footprint)) {
            return beforeEnd(footprint);
        }
        if (transaction.isEmpty() || !footprint.usesTables() || footprint.kind() == Footprint.Kind.LOCK) {
            return true;
        }
        if (!backend.settle() || backend.failed()) {
            return true;
        }
        List<Lock> locks = locks(footprint);
        locks.stream().filter(Lock::target).forEach(lock -> lastTarget = lock.table);
        Optional<SqlError> refusal = refusal(footprint, locks);
        if (refusal.isPresent()) {
            backend.refuse(refusal.get());
            return false;
        }
        return !isSerializable() || isSerial(footprint, locks);
    }

    /** As {@code answer}, with PostgreSQL's report of a row that another transaction has changed in Redshift's words. */
    public Answer words(Answer answer) {
        return new ConflictWords(answer, () -> violation(lastTarget, number));
    }

    private List<Lock> locks(Footprint footprint) throws IOException {
        String targets = Stream.concat(footprint.sources().stream(), footprint.targets().stream())
                .map(table -> "pg_catalog.to_regclass(" + Token.literal(table.sql()) + ")")
                .collect(Collectors.joining(", "));
        List<List<String>> rows = backend.query(String.format(LOCKS, targets));
        if (!rows.isEmpty()) {
            number = rows.get(0).get(0);
        }
        return rows.stream()
                .map(row -> new Lock(
                        Long.parseLong(row.get(1)),
                        row.get(2).equals("t"),
                        row.get(3).equals("t"),
                        row.get(4).equals("t"),
                        row.get(5),
                        row.get(6),
                        row.get(7).equals("t")))
                .toList();
    }

    private static Optional<SqlError> refusal(Footprint footprint, List<Lock> locks) {
        for (Lock lock : locks) {
            if (lock.unseen) {
                // https://docs.aws.amazon.com/redshift/latest/dg/c_serial_isolation-serializable-isolation-troubleshooting.html
                return Optional.of(SqlError.error(SqlError.INTERNAL, "1018").withDetail("Relation does not exist."));
            }
            if (lock.target && !lock.kind.equals("r") && footprint.kind() != Footprint.Kind.COPY) {
                // r_CREATE_VIEW.html: a view cannot be updated, inserted into or deleted from; r_MERGE.html: nor merged
                // from
                String verb = !footprint.sources().isEmpty()
                        ? "merge with"
                        : footprint.kind() == Footprint.Kind.INSERT ? "insert into" : "update or delete from";
                return Optional.of(
                        SqlError.error(SqlError.NOT_SUPPORTED, "cannot " + verb + " view \"" + lock.name + "\""));
            }
        }
        return Optional.empty();
    }

    private boolean isSerial(Footprint footprint, List<Lock> locks) throws IOException {
        Set<Serialization.Table> reads = new HashSet<>();
        Set<Serialization.Table> writes = new HashSet<>();
        for (Lock lock : locks) {
            Serialization.Table table = new Serialization.Table(database, lock.table);
            if (lock.read || lock.target && footprint.kind() == Footprint.Kind.UPDATE) {
                reads.add(table);
            }
            if (lock.written) {
                writes.add(table);
            }
        }
        Optional<Serialization.Cycle> cycle =
                serialization.access(transaction.orElseThrow(), Long.parseLong(number), reads, writes);
        if (cycle.isEmpty()) {
            return true;
        }
        long table = cycle.get().table().id();
        String cycleNumbers =
                cycle.get().transactions().stream().map(String::valueOf).collect(Collectors.joining(", "));
        conflicts.add(Long.parseLong(number), pid, table);
        backend.refuse(violation(table, cycleNumbers));
        return false;
    }

    /** The words of field reports, such as github.com/aws/aws-sdk-pandas/issues/665. */
    private SqlError violation(long table, String numbers) {
        return SqlError.error(SqlError.INTERNAL, "1023")
                .withDetail("Serializable isolation violation on table - " + table
                        + ", transactions forming the cycle are: " + numbers + " (pid:" + pid + ")");
    }

    /** SHOW takes no snapshot, so it may be asked at any time. */
    private boolean isSerializable() throws IOException {
        if (serializable.isEmpty()) {
            List<List<String>> rows = backend.query("show redshift.db_isolation");
            serializable = Optional.of(rows.isEmpty() || rows.get(0).get(0).equals("serializable"));
        }
        return serializable.get();
    }

    private static boolean ends(Footprint footprint) {
        return footprint.kind() == Footprint.Kind.COMMIT || footprint.kind() == Footprint.Kind.ROLLBACK;
    }

    private boolean beforeEnd(Footprint footprint) throws IOException {
        if (transaction.isPresent()
                && footprint.kind() == Footprint.Kind.COMMIT
                && backend.settle()
                && !backend.failed()) {
            serialization.committing(transaction.get());
        }
        return true;
    }

    /** After a statement that ends the transaction has been sent: COMMIT, ROLLBACK, TRUNCATE. */
    public void afterEnd(Footprint footprint) throws IOException {
        if (!ends(footprint)) {
            return;
        }
        boolean done = backend.settle();
        ownBlock = false;
        ended(done && footprint.kind() == Footprint.Kind.COMMIT ? Outcome.COMMITTED : Outcome.ROLLED_BACK);
    }

    /** Commits the client's block, as TRUNCATE does. */
    public void commit() throws IOException {
        transaction.ifPresent(serialization::committing);
        ended(backend.run("commit") ? Outcome.COMMITTED : Outcome.ROLLED_BACK);
    }

    /** Ends the block that a write outside a block was given; the caller then sends the client's Sync. */
    public void beforeSync() throws IOException {
        fresh = true;
        if (!ownBlock) {
            return;
        }
        ownBlock = false;
        if (backend.settle()) {
            transaction.ifPresent(serialization::committing);
            ended(backend.run("commit") ? Outcome.COMMITTED : Outcome.ROLLED_BACK);
        } else {
            backend.resume();
            backend.run("rollback");
            ended(Outcome.ROLLED_BACK);
        }
    }

    private enum Outcome {
        COMMITTED,
        ROLLED_BACK
    }

    private void ended(Outcome outcome) {
        locked.clear();
        transaction.ifPresent(outcome == Outcome.COMMITTED ? serialization::committed : serialization::rolledBack);
        transaction = Optional.empty();
    }

    /** The session is over, and what it had open is undone. */
    public void close() {
        ended(Outcome.ROLLED_BACK);
    }
}
