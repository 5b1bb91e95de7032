package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.caravan.sandbox.redshift.CopyOptionTable.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * 2,000 COPY statements built by chance, about half of them illegal: the stand-in's verdict is the table's, and no session hangs
 * or is left over. No file is there to load, so a statement that is accepted ends where S3 is asked.
 */
@ExtendWith(SharedRedshift.class)
class RandomCopyTest {
    private static final int SESSIONS = 4;
    private static final int STATEMENTS = 500;
    private static final long SEED = 20261124;

    private record Tally(int accepted, int refused) {}

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void judgesEveryStatementAsTheTableDoes() throws Exception {
        List<Option> table = CopyOptionTable.read();
        long sessionsBefore = sessions();
        long threadsBefore = threads();
        ExecutorService pool = Executors.newFixedThreadPool(SESSIONS);
        try {
            List<Future<Tally>> running = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                Random random = new Random(SEED + i);
                running.add(pool.submit(() -> judge(table, random)));
            }
            int accepted = 0;
            int refused = 0;
            for (Future<Tally> session : running) {
                accepted += session.get().accepted();
                refused += session.get().refused();
            }
            assertThat(accepted + refused).isEqualTo(SESSIONS * STATEMENTS);
            assertThat(refused).isBetween(800, 1200);
        } finally {
            pool.shutdown();
            assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(sessions()).isEqualTo(sessionsBefore);
            assertThat(threads()).isEqualTo(threadsBefore);
        });
    }

    private static Tally judge(List<Option> table, Random random) throws SQLException {
        int refused = 0;
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (a int, b varchar(10), i int identity(1,1))");
            for (int i = 0; i < STATEMENTS; i++) {
                RandomCopy copy = RandomCopy.of(table, random);
                boolean inTransaction = random.nextInt(10) == 0;
                connection.setAutoCommit(!inTransaction);
                assertVerdict(copy, failure(statement, copy.sql()));
                refused += copy.refusals().isEmpty() ? 0 : 1;
                if (inTransaction) {
                    connection.rollback();
                }
            }
            connection.setAutoCommit(true);
            try (ResultSet rows = statement.executeQuery("select count(*) from t")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isZero();
            }
        }
        return new Tally(STATEMENTS - refused, refused);
    }

    private static String failure(Statement statement, String sql) {
        try {
            statement.execute(sql);
            return "";
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }

    private static void assertVerdict(RandomCopy copy, String failure) {
        if (!copy.refusals().isEmpty()) {
            assertThat(copy.refusals()).as(copy.sql() + "\n" + failure).anyMatch(failure::contains);
        } else if (copy.beyondStandIn()) {
            assertThat(failure).as(copy.sql()).contains("the stand-in does not support");
        } else {
            assertThat(failure)
                    .as(copy.sql())
                    .startsWith("XX000 ")
                    .containsAnyOf(
                            "The specified S3 prefix 'random-copy/",
                            "The specified key does not exist.,Status 404,Error NoSuchKey");
        }
    }

    private static long sessions() throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from pg_catalog.pg_stat_activity where datname = 'dev'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The stand-in's threads for sessions; it runs in this JVM. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("redshift-"))
                .count();
    }
}
