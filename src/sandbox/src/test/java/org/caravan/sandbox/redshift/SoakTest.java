package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 50 sessions at once, 10 of them in COPY, for a minute, or for as many seconds as {@code -Dsoak.seconds} says: no wrong
 * answer, and nothing grows.
 *
 * <p>What must hold: {@code account} always sums to the same in every snapshot, because every change moves money between two
 * rows; a table that is swapped always has as many rows as its number says; the rows of {@code entry} and of {@code loaded} are
 * those whose transactions were told to be committed.
 */
@Tag("soak")
class SoakTest {
    private static final int SESSIONS = 50;
    private static final int COPYING = 10;
    private static final int ACCOUNTS = 20;
    private static final long TOTAL = 1000L * ACCOUNTS;
    private static final int FILE_ROWS = 200;
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("soak.seconds", 60));

    @TempDir
    private static Path directory;

    private final LongAdder inserted = new LongAdder();
    private final LongAdder copies = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder steps = new LongAdder();
    private final AtomicLong numbers = new AtomicLong();

    private interface Work {
        void run(Connection connection, Statement statement, Random random) throws SQLException;
    }

    @Test
    void answersRightAndDoesNotGrow() throws Exception {
        try (TestCluster cluster = new TestCluster(directory, Flavour.PROVISIONED)) {
            List<String> manifests = prepare(cluster);
            run(cluster, manifests, Duration.ofSeconds(5));
            settle(cluster);
            Usage before = Usage.now(cluster, directory);
            run(cluster, manifests, TIME);
            settle(cluster);
            check(cluster);
            assertThat(steps.sum()).isGreaterThan(SESSIONS);
            assertThat(copies.sum()).isGreaterThan(COPYING);
            assertThat(conflicts.sum()).isPositive();
            assertThat(cancelled.sum()).isPositive();
            before.expectNoGrowth(Usage.now(cluster, directory));
        }
    }

    private List<String> prepare(TestCluster cluster) throws Exception {
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table account (id int, amount int)");
            for (int i = 0; i < ACCOUNTS; i++) {
                statement.execute("insert into account values (" + i + ", 1000)");
            }
            statement.execute("create table entry (id bigint)");
            statement.execute("create table loaded (id bigint, name varchar(20))");
            statement.execute("create table swapped (id int, rows int)");
            statement.execute("insert into swapped values (1, 1)");
            statement.execute("create table merged (id int, n int)");
        }
        Path parquet = ParquetFiles.write(
                directory.resolve("rows.parquet"),
                ParquetFiles.schema(List.of("optional int64 id", "optional binary name (STRING)")),
                FILE_ROWS,
                (group, i) -> {
                    group.add(0, (long) i);
                    group.add(1, "name " + i);
                });
        String url = cluster.s3().put("soak/rows.parquet", parquet);
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < FILE_ROWS; i++) {
            csv.append(i).append(",name ").append(i).append('\n');
        }
        cluster.s3().put("soak/rows.csv", csv.toString());
        return List.of(
                "copy loaded from '" + cluster.s3().putManifest("soak/parquet.manifest", url, Files.size(parquet))
                        + "' iam_role '" + TestCluster.ROLE + "' format as parquet manifest",
                "copy loaded from 's3://stage/soak/rows.csv' iam_role '" + TestCluster.ROLE + "' format as csv");
    }

    private void run(TestCluster cluster, List<String> copyStatements, Duration time) throws Exception {
        Instant end = Instant.now().plus(time);
        ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
        List<Future<?>> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            int seed = i;
            Work work = i < COPYING
                    ? (connection, statement, random) -> copy(connection, statement, random, copyStatements)
                    : this::work;
            sessions.add(threads.submit(() -> {
                session(cluster, new Random(seed), end, work);
                return null;
            }));
        }
        for (Future<?> session : sessions) {
            session.get(TIME.toSeconds() + 120, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private void session(TestCluster cluster, Random random, Instant end, Work work) throws SQLException {
        Connection connection = cluster.connect();
        try {
            while (Instant.now().isBefore(end)) {
                try (Statement statement = connection.createStatement()) {
                    work.run(connection, statement, random);
                    steps.increment();
                } catch (SQLException e) {
                    expected(e);
                    if (!connection.isClosed()) {
                        connection.createStatement().execute("rollback");
                    }
                }
                if (random.nextInt(40) == 0) {
                    drop(connection, random);
                    connection = cluster.connect();
                }
            }
        } finally {
            connection.close();
        }
    }

    /** A client that goes, sometimes in the middle of a transaction, whose work must then be undone. */
    private static void drop(Connection connection, Random random) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (random.nextBoolean()) {
                statement.execute("begin");
                statement.execute("insert into entry values (-1)");
                connection.abort(Runnable::run);
            }
        } catch (SQLException e) {
            // It is going anyway.
        }
        connection.close();
    }

    private void expected(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("1023") || message.contains("1018")) {
            conflicts.increment();
        } else if ("57014".equals(e.getSQLState())) {
            cancelled.increment();
        } else if (!"40P01".equals(e.getSQLState()) && !message.contains("\"swapped\" does not exist")) {
            throw new AssertionError("no session may see this", e);
        }
    }

    private void work(Connection connection, Statement statement, Random random) throws SQLException {
        switch (random.nextInt(8)) {
            case 0 -> insert(statement);
            case 1, 2 -> readSum(statement);
            case 3 -> transfer(statement, random);
            case 4 -> swap(statement, random);
            case 5 -> merge(statement, random);
            case 6 -> readSwapped(statement);
            default -> cancel(statement);
        }
    }

    /** A statement that is told to have failed may still have been committed only if the connection broke; here none does. */
    private void insert(Statement statement) throws SQLException {
        statement.execute("begin");
        int rows = statement.executeUpdate("insert into entry values (" + numbers.incrementAndGet() + ")");
        statement.execute("commit");
        inserted.add(rows);
    }

    private static void readSum(Statement statement) throws SQLException {
        statement.execute("begin read only");
        for (int i = 0; i < 2; i++) {
            assertThat(TestCluster.rows(statement, "select sum(amount), count(*) from account"))
                    .containsExactly(TOTAL + "|" + ACCOUNTS);
        }
        statement.execute("commit");
    }

    private static void transfer(Statement statement, Random random) throws SQLException {
        int from = random.nextInt(ACCOUNTS);
        int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        statement.execute("begin");
        if (random.nextBoolean()) {
            assertThat(TestCluster.rows(statement, "select sum(amount) from account"))
                    .containsExactly("" + TOTAL);
        }
        statement.execute("update account set amount = amount - 5 where id = " + from);
        statement.execute("update account set amount = amount + 5 where id = " + to);
        statement.execute("commit");
    }

    private void swap(Statement statement, Random random) throws SQLException {
        long number = numbers.incrementAndGet();
        int rows = 1 + random.nextInt(5);
        statement.execute("begin");
        statement.execute("create table stage" + number + " (like swapped)");
        for (int i = 0; i < rows; i++) {
            statement.execute("insert into stage" + number + " values (" + i + ", " + rows + ")");
        }
        statement.execute("alter table swapped rename to gone" + number);
        statement.execute("alter table stage" + number + " rename to swapped");
        statement.execute("drop table gone" + number);
        statement.execute("commit");
    }

    private static void readSwapped(Statement statement) throws SQLException {
        assertThat(TestCluster.rows(statement, "select count(*) = max(rows) from swapped"))
                .containsExactly("t");
    }

    private static void merge(Statement statement, Random random) throws SQLException {
        statement.execute("create temp table if not exists s (id int, n int)");
        statement.execute("begin");
        statement.execute("delete from s");
        statement.execute("insert into s values (" + random.nextInt(50) + ", 1)");
        statement.execute("merge into merged using s on merged.id = s.id when matched then update set n = merged.n + 1"
                + " when not matched then insert values (s.id, s.n)");
        statement.execute("commit");
    }

    private static void cancel(Statement statement) throws SQLException {
        statement.execute("set statement_timeout to 50");
        try {
            statement.execute(
                    "select count(*) from account a, account b, account c, account d, account e, account f, account g");
        } finally {
            statement.execute("set statement_timeout to 0");
        }
    }

    private void copy(Connection connection, Statement statement, Random random, List<String> copyStatements)
            throws SQLException {
        boolean undo = random.nextInt(10) == 0;
        statement.execute("begin");
        statement.execute(copyStatements.get(random.nextInt(copyStatements.size())));
        assertThat(TestCluster.rows(statement, "select pg_last_copy_count()")).containsExactly("" + FILE_ROWS);
        statement.execute(undo ? "rollback" : "commit");
        copies.add(undo ? 0 : 1);
    }

    private void check(TestCluster cluster) throws SQLException {
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            assertThat(TestCluster.rows(statement, "select sum(amount), count(*) from account"))
                    .containsExactly(TOTAL + "|" + ACCOUNTS);
            assertThat(TestCluster.rows(statement, "select count(*), count(distinct id), min(id) > 0 from entry"))
                    .containsExactly(inserted.sum() + "|" + inserted.sum() + "|t");
            assertThat(TestCluster.rows(statement, "select count(*) from loaded"))
                    .containsExactly("" + copies.sum() * FILE_ROWS);
            assertThat(TestCluster.rows(statement, "select count(*) = max(rows) from swapped"))
                    .containsExactly("t");
            assertThat(TestCluster.rows(statement, "select count(*) = count(distinct id) from merged"))
                    .containsExactly("t");
        }
    }

    /** Waits until the sessions that went are gone from PostgreSQL, too. */
    private static void settle(TestCluster cluster) throws SQLException {
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(TestCluster.rows(statement, "select count(*) from stv_sessions"))
                            .containsExactly("1"));
            assertThat(
                            TestCluster.rows(
                                    statement,
                                    "select count(*) from svv_transactions where lock_mode in ('ShareRowExclusiveLock', 'AccessExclusiveLock')"))
                    .containsExactly("0");
        }
    }

    /** What a running stand-in uses. */
    private record Usage(int threads, long heapMegabytes, long openFiles, long temporaryFiles, int transactions) {
        static Usage now(TestCluster cluster, Path directory) throws IOException {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"));
                    Stream<Path> temporary =
                            Files.list(directory.resolve("redshift").resolve("tmp"))) {
                return new Usage(
                        ManagementFactory.getThreadMXBean().getThreadCount(),
                        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                        open.count(),
                        temporary.count(),
                        cluster.rememberedTransactions());
            }
        }

        void expectNoGrowth(Usage after) {
            assertThat(after.temporaryFiles).isZero();
            assertThat(after.transactions).isZero();
            assertThat(after.threads).isLessThanOrEqualTo(threads + 10);
            assertThat(after.openFiles).isLessThanOrEqualTo(openFiles + 10);
            assertThat(after.heapMegabytes).isLessThanOrEqualTo(heapMegabytes + 64);
        }
    }
}
