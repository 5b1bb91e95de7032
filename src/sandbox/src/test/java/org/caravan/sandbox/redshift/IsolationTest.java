package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazon.redshift.util.RedshiftException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Isolation and locks between real sessions; the examples of the documentation are here. */
class IsolationTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @TempDir
    private static Path directory;

    private static TestCluster cluster;

    private final Map<String, String> ids = new HashMap<>();
    private Connection first;
    private Connection second;
    private Connection watcher;
    private Statement one;
    private Statement two;
    private Statement watch;
    private String a;
    private String b;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TestCluster(directory, Flavour.PROVISIONED);
    }

    @AfterAll
    static void stop() throws Exception {
        THREADS.shutdownNow();
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void connect() throws SQLException {
        connectTo("dev");
    }

    private void connectTo(String database) throws SQLException {
        first = cluster.connect(database, "awsuser", "Secret99");
        second = cluster.connect(database, "awsuser", "Secret99");
        watcher = cluster.connect(database, "awsuser", "Secret99");
        one = first.createStatement();
        two = second.createStatement();
        watch = watcher.createStatement();
        a = newTable();
        b = newTable();
    }

    private String newTable() throws SQLException {
        String table = "iso" + NUMBERS.incrementAndGet();
        watch.execute("create table " + table + " (id int, n int)");
        watch.execute("insert into " + table + " values (1, 10), (2, 20)");
        ids.put(
                table,
                TestCluster.rows(watch, "select table_id from svv_table_info where \"table\" = '" + table + "'")
                        .get(0));
        return table;
    }

    private String idOf(String table) {
        return ids.get(table);
    }

    @AfterEach
    void disconnect() throws SQLException {
        first.close();
        second.close();
        watcher.close();
    }

    private Future<?> start(Statement statement, String sql) {
        return THREADS.submit(() -> {
            statement.execute(sql);
            return null;
        });
    }

    private void awaitWaiting(Future<?> waiting) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> waiting.isDone()
                        || !TestCluster.rows(watch, "select pid from svv_transactions where not granted")
                                .isEmpty());
        if (waiting.isDone()) {
            assertThatCode(waiting::get).doesNotThrowAnyException();
        }
        assertThat(waiting).isNotDone();
    }

    private static void done(Future<?> future) throws Exception {
        future.get(20, java.util.concurrent.TimeUnit.SECONDS);
    }

    private void refusedAsNotSerializable(String sql, Statement statement) {
        assertThatThrownBy(() -> statement.execute(sql)).isInstanceOfSatisfying(RedshiftException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo("XX000");
            assertThat(e.getServerErrorMessage().getMessage()).isEqualTo("1023");
            assertThat(e.getServerErrorMessage().getDetail())
                    .matches("Serializable isolation violation on table - \\d+,"
                            + " transactions forming the cycle are: \\d+(, \\d+)+ \\(pid:\\d+\\)");
        });
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/c_serial_isolation-serializable-isolation-troubleshooting.html */
    @Test
    void refusesTheLastStatementOfTheDocumentedCycle() throws Exception {
        one.execute("begin");
        two.execute("begin");
        one.execute("select * from " + a);
        one.execute("insert into " + b + " values (1)");
        two.execute("insert into " + a + " values (1)");
        refusedAsNotSerializable("select * from " + b, two);
        two.execute("rollback");
        one.execute("commit");
        assertThat(TestCluster.rows(watch, "select count(*) from stl_tr_conflict where table_id = " + idOf(b)))
                .containsExactly("1");
    }

    /** The remedy of the same page: the SELECTs outside the transactions. */
    @Test
    void runsTheDocumentedRemedy() throws Exception {
        one.execute("begin");
        one.execute("insert into " + a + " values (1)");
        two.execute("select * from " + a);
        two.execute("begin");
        two.execute("insert into " + b + " values (1)");
        one.execute("end");
        one.execute("select * from " + b);
        two.execute("end");
    }

    @Test
    void refusesWritersOfDifferentRowsOfATableTheyHaveRead() throws Exception {
        one.execute("begin");
        two.execute("begin");
        one.execute("select n from " + a + " where id = 1");
        two.execute("select n from " + a + " where id = 2");
        one.execute("update " + a + " set n = 11 where id = 1");
        Future<?> waiting = start(two, "update " + a + " set n = 21 where id = 2");
        awaitWaiting(waiting);
        one.execute("commit");
        assertThatThrownBy(() -> done(waiting)).hasMessageContaining("1023");
        two.execute("rollback");
        two.execute("update " + a + " set n = 21 where id = 2");
        assertThat(TestCluster.rows(watch, "select id, n from " + a + " order by 1"))
                .containsExactly("1|11", "2|21");
    }

    /** The example of awslabs/amazon-redshift-utils: both read and insert the sum. */
    @Test
    void refusesAnInsertOfWhatAStaleSnapshotShows() throws Exception {
        one.execute("begin");
        two.execute("begin");
        two.execute("select count(*) from " + b);
        one.execute("insert into " + a + " select 1, sum(n) from " + a);
        Future<?> waiting = start(two, "insert into " + a + " select 1, sum(n) from " + a);
        awaitWaiting(waiting);
        one.execute("end");
        assertThatThrownBy(() -> done(waiting)).hasMessageContaining("1023");
    }

    /** c_write_examples.html: concurrent COPY or INSERT into the same table. */
    @Test
    void letsTheSecondInsertWaitAndSucceed() throws Exception {
        two.execute("begin");
        two.execute("select count(*) from " + b);
        one.execute("begin");
        one.execute("insert into " + a + " values (3, 30)");
        Future<?> waiting = start(two, "insert into " + a + " values (4, 40)");
        awaitWaiting(waiting);
        one.execute("commit");
        done(waiting);
        two.execute("commit");
        assertThat(TestCluster.rows(watch, "select count(*) from " + a)).containsExactly("4");
    }

    /** c_write_examples.html: concurrent DELETE from the same table. */
    @Test
    void letsTheSecondDeleteWaitAndSeeTheFirst() throws Exception {
        one.execute("begin");
        two.execute("begin");
        one.execute("delete from " + a + " where id = 1");
        Future<?> waiting = start(two, "delete from " + a + " where n >= 10");
        awaitWaiting(waiting);
        one.execute("commit");
        done(waiting);
        two.execute("commit");
        assertThat(TestCluster.rows(watch, "select count(*) from " + a)).containsExactly("0");
    }

    /** c_write_examples.html: a mixture of reads and writes; the second count is that of the load it has completed. */
    @Test
    void runsTheDocumentedMixtureOfReadsAndWrites() throws Exception {
        one.execute("begin");
        one.execute("delete from " + a + " where id = 1");
        one.execute("insert into " + a + " values (3, 30)");
        one.execute("select count(*) from " + a);
        one.execute("analyze " + a);
        two.execute("begin");
        Future<?> waiting = start(two, "insert into " + a + " values (4, 40)");
        awaitWaiting(waiting);
        one.execute("end");
        done(waiting);
        assertThat(TestCluster.rows(two, "select count(*) from " + a)).containsExactly("3");
        two.execute("end");
    }

    @Test
    void neverLetsAReaderWaitForAWriter() throws Exception {
        one.execute("begin");
        one.execute("update " + a + " set n = 0");
        one.execute("insert into " + a + " values (3, 30)");
        two.setQueryTimeout(10);
        assertThat(TestCluster.rows(two, "select sum(n) from " + a)).containsExactly("30");
        two.execute("begin");
        assertThat(TestCluster.rows(two, "select sum(n) from " + a)).containsExactly("30");
        one.execute("commit");
        assertThat(TestCluster.rows(two, "select sum(n) from " + a)).containsExactly("30");
        two.execute("commit");
        assertThat(TestCluster.rows(two, "select sum(n) from " + a)).containsExactly("30");
        assertThat(TestCluster.rows(two, "select count(*) from " + a)).containsExactly("3");
    }

    @Test
    void stopsReadersByLockUntilTheEndOfTheTransaction() throws Exception {
        one.execute("begin");
        one.execute("lock " + a);
        Future<?> waiting = start(two, "select * from " + a);
        awaitWaiting(waiting);
        assertThat(TestCluster.rows(
                        watch,
                        "select lock_mode, granted from svv_transactions where relation = " + idOf(a) + " order by 1"))
                .containsExactly("AccessExclusiveLock|t", "AccessShareLock|f");
        assertThat(waiting.isDone()).isFalse();
        one.execute("commit");
        done(waiting);
    }

    @Test
    void forcesAnOrderByLocksThatAreTakenFirst() throws Exception {
        one.execute("begin");
        one.execute("lock " + a + ", " + b);
        two.execute("begin");
        Future<?> waiting = start(two, "lock table " + a + ", " + b);
        awaitWaiting(waiting);
        one.execute("select * from " + a);
        one.execute("insert into " + b + " values (1)");
        one.execute("commit");
        done(waiting);
        two.execute("insert into " + a + " values (1)");
        assertThat(TestCluster.rows(two, "select count(*) from " + b)).containsExactly("3");
        two.execute("commit");
    }

    @Test
    void showsWhoHoldsTheWriteLock() throws Exception {
        String pid = TestCluster.rows(one, "select pg_backend_pid()").get(0);
        one.execute("begin");
        one.execute("insert into " + a + " values (3, 30)");
        assertThat(TestCluster.rows(
                        watch,
                        "select pid, lock_mode, granted, txn_owner, txn_db from svv_transactions where relation = "
                                + idOf(a) + " and lock_mode like 'Share%'"))
                .containsExactly(pid + "|ShareRowExclusiveLock|t|awsuser|dev");
        assertThat(TestCluster.rows(watch, "select lock_owner_pid from stv_locks where table_id = " + idOf(a)))
                .containsExactly(pid);
        one.execute("rollback");
        assertThat(TestCluster.rows(watch, "select count(*) from stv_locks where table_id = " + idOf(a)))
                .containsExactly("0");
    }

    @Test
    void cancelsAndTerminatesWaitsAndHolders() throws Exception {
        String holder = TestCluster.rows(one, "select pg_backend_pid()").get(0);
        String waiter = TestCluster.rows(two, "select pg_backend_pid()").get(0);
        one.execute("begin");
        one.execute("insert into " + a + " values (3, 30)");
        Future<?> cancelled = start(two, "update " + a + " set n = 0");
        awaitWaiting(cancelled);
        watch.execute("cancel " + waiter);
        assertThatThrownBy(() -> done(cancelled)).hasMessageContaining("cancelled on user's request");
        Future<?> named = start(two, "update " + a + " set n = 0");
        awaitWaiting(named);
        watch.execute("cancel " + waiter + " 'Long-running query'");
        assertThatThrownBy(() -> done(named)).hasMessageContaining("Long-running query");
        two.execute("set statement_timeout to 300");
        assertThatThrownBy(() -> two.execute("update " + a + " set n = 0"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
        two.execute("set statement_timeout to 0");
        Future<?> last = start(two, "update " + a + " set n = 0");
        awaitWaiting(last);
        assertThat(TestCluster.rows(watch, "select pg_terminate_backend(" + holder + ")"))
                .hasSize(1);
        done(last);
        assertThat(TestCluster.rows(watch, "select count(*), sum(n) from " + a)).containsExactly("2|0");
        assertThatThrownBy(() -> one.execute("select 1")).isInstanceOf(SQLException.class);
    }

    @Test
    void detectsADeadlock() throws Exception {
        one.execute("begin");
        two.execute("begin");
        one.execute("insert into " + a + " values (3, 30)");
        two.execute("insert into " + b + " values (3, 30)");
        Future<?> waiting = start(one, "insert into " + b + " values (4, 40)");
        awaitWaiting(waiting);
        Future<?> other = start(two, "insert into " + a + " values (4, 40)");
        java.util.List<Throwable> failures = new java.util.ArrayList<>();
        for (Future<?> each : java.util.List.of(waiting, other)) {
            try {
                done(each);
            } catch (java.util.concurrent.ExecutionException e) {
                failures.add(e.getCause());
            }
        }
        assertThat(failures).singleElement().isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo("40P01");
            assertThat(e.getMessage()).contains("deadlock detected");
        });
    }

    @Test
    void refusesATableThatTheSnapshotDoesNotHave() throws Exception {
        two.execute("begin");
        two.execute("select count(*) from " + a);
        one.execute("create table late" + a + " (id int)");
        assertThatThrownBy(() -> two.execute("select * from late" + a))
                .isInstanceOfSatisfying(RedshiftException.class, e -> {
                    assertThat(e.getServerErrorMessage().getMessage()).isEqualTo("1018");
                    assertThat(e.getServerErrorMessage().getDetail()).contains("Relation does not exist");
                });
        two.execute("rollback");
        two.execute("select * from late" + a);
    }

    @Test
    void swapsATableUnderReadersAndWriters() throws Exception {
        two.execute("begin");
        two.execute("select count(*) from " + b);
        one.execute("begin");
        one.execute("create table stage" + a + " (like " + a + ")");
        one.execute("insert into stage" + a + " values (9, 90)");
        one.execute("alter table " + a + " rename to old" + a);
        one.execute("alter table stage" + a + " rename to " + a);
        Future<?> waiting = start(watch, "insert into " + a + " values (10, 100)");
        one.execute("commit");
        done(waiting);
        assertThatThrownBy(() -> two.execute("select * from " + a)).hasMessageContaining("1018");
        two.execute("rollback");
        assertThat(TestCluster.rows(two, "select id from " + a + " order by 1")).containsExactly("9", "10");
        assertThat(TestCluster.rows(two, "select count(*) from old" + a)).containsExactly("2");
    }

    @Test
    void refusesOnlyTheSameRowsUnderSnapshotIsolation() throws Exception {
        watch.execute("create database snap isolation level snapshot");
        assertThat(TestCluster.rows(
                        watch, "select trim(isolation_level) from stv_db_isolation_level where db_name = 'snap'"))
                .containsExactly("Snapshot Isolation");
        disconnect();
        connectTo("snap");
        for (int id : new int[] {1, 2}) {
            one.execute("begin");
            two.execute("begin");
            one.execute("select n from " + a + " where id = 1");
            two.execute("select n from " + a + " where id = 2");
            one.execute("update " + a + " set n = 11 where id = 1");
            Future<?> waiting = start(two, "update " + a + " set n = 21 where id = " + id);
            awaitWaiting(waiting);
            one.execute("commit");
            if (id == 1) {
                assertThatThrownBy(() -> done(waiting)).hasMessageContaining("1023");
            } else {
                done(waiting);
            }
            two.execute("commit");
        }
        assertThat(TestCluster.rows(watch, "select id, n from " + a + " order by 1"))
                .containsExactly("1|11", "2|21");
    }

    @Test
    void remembersNoTransactionThatNobodyCanConflictWith() throws Exception {
        for (int i = 0; i < 20; i++) {
            one.execute("insert into " + a + " values (" + i + ", 0)");
            two.execute("update " + b + " set n = n + 1");
        }
        assertThat(cluster.rememberedTransactions()).isZero();
    }

    @Test
    void letsAUserWhoMayOnlyInsertInsert() throws Exception {
        watch.execute("create user writer" + a + " password 'Writer12'");
        watch.execute("grant insert on " + a + " to writer" + a);
        try (Connection writer = cluster.connect("dev", "writer" + a, "Writer12");
                Statement statement = writer.createStatement()) {
            assertThat(statement.executeUpdate("insert into " + a + " values (5, 50)"))
                    .isEqualTo(1);
            assertThatThrownBy(() -> statement.execute("select * from " + a)).hasMessageContaining("permission denied");
        }
    }
}
