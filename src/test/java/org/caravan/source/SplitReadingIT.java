package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.caravan.cli.SharedSandbox;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.RowStream;
import org.caravan.source.postgres.Snapshot;
import org.caravan.source.split.Asking;
import org.caravan.source.split.Consistency;
import org.caravan.source.split.PartitionBy;
import org.caravan.source.split.Partitioning;
import org.caravan.source.split.Split;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A query that is read in slices gives the rows that it gives as a whole, over a real PostgreSQL. */
class SplitReadingIT {
    private static final List<String> TABLES = List.of(
            "CREATE SCHEMA split",
            "CREATE TABLE nation AS SELECT g AS n_nationkey FROM generate_series(0, 24) g",
            "CREATE TABLE region AS SELECT g AS r_regionkey FROM generate_series(0, 4) g",
            "CREATE TABLE lineitem AS SELECT g::bigint AS l_orderkey, date '1992-01-01' + g % 2500 AS l_shipdate,"
                    + " (ARRAY['A', 'N', 'R'])[1 + g % 3]::char(1) AS l_returnflag FROM generate_series(1, 60000) g",
            "CREATE TABLE split.awkward (k integer, b bigint, s smallint, d date, t timestamp, i timestamptz, n numeric(38,4), x text,"
                    + " u uuid, o boolean)",
            "INSERT INTO split.awkward SELECT g, g * 3689348814741910, g % 7, date '2000-01-01' + g,"
                    + " timestamp '2000-01-01' + g * interval '1 day 3:00:00.000001',"
                    + " timestamptz '2000-01-01 00:00+00' + g * interval '7 hours', g / 3.0, md5(g::text),"
                    + " md5(g::text)::uuid, g % 2 = 0 FROM generate_series(-2500, 2500) g",
            "INSERT INTO split.awkward SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"
                    + " FROM generate_series(1, 300)",
            "INSERT INTO split.awkward VALUES"
                    + " (-2147483648, -9223372036854775808, -32768, '0001-01-01', '0001-01-01', '0001-01-02 00:00+00', -1e30, '', NULL, NULL),"
                    + " (2147483647, 9223372036854775807, 32767, '9999-12-31', '9999-12-31 23:59:59.999999',"
                    + " '9999-12-30 00:00+00', 1e30, E'\\u00e4\\u2603', NULL, NULL)",
            "CREATE TABLE split.one_value AS SELECT 5 AS k, 'a' AS x, g AS v FROM generate_series(1, 3000) g",
            "CREATE TABLE split.empty (k integer, x text)",
            "CREATE TABLE split.one_row AS SELECT 1 AS k, 'x'::text AS x",
            "CREATE TABLE split.infinite AS SELECT d, '2024-01-01'::timestamp + (g % 5) * interval '1 s' AS t, g AS v"
                    + " FROM generate_series(1, 2000) g, (VALUES ('infinity'::date), ('-infinity'), ('2024-01-01'), ('2024-02-29')) f(d)",
            // Pages at the end, and in between, that hold no row.
            "CREATE TABLE split.gaps WITH (autovacuum_enabled = false) AS"
                    + " SELECT g AS k, repeat('x', 200) AS x FROM generate_series(1, 20000) g",
            "DELETE FROM split.gaps WHERE k > 9000 OR k BETWEEN 3000 AND 6000",
            "CREATE TABLE split.parent (k integer)",
            "CREATE TABLE split.child () INHERITS (split.parent)",
            "INSERT INTO split.parent SELECT generate_series(1, 5000)",
            "INSERT INTO split.child SELECT generate_series(1, 5000)",
            "CREATE TABLE split.parts (k integer) PARTITION BY RANGE (k)",
            "CREATE TABLE split.parts_1 PARTITION OF split.parts FOR VALUES FROM (0) TO (100000)",
            "INSERT INTO split.parts SELECT generate_series(1, 5000)",
            "CREATE TABLE split.gone AS SELECT generate_series(1, 100) AS k",
            "CREATE VIEW split.view AS SELECT * FROM split.awkward",
            "CREATE VIEW split.sleepy AS SELECT now() AS since, * FROM split.awkward",
            "CREATE TABLE split.moving (k integer PRIMARY KEY, v integer, x text)",
            "INSERT INTO split.moving SELECT g, 0, repeat('x', 100) FROM generate_series(1, 5000) g",
            "CREATE FUNCTION split.pause(double precision) RETURNS text LANGUAGE sql STABLE AS 'SELECT pg_sleep($1)::text'",
            "ANALYZE split.awkward");

    @TempDir
    private static Path directory;

    private static EmbeddedPostgres server;

    private HikariDataSource pool;

    private static Connection source() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    @BeforeAll
    static void fill() throws Exception {
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .setDataDirectory(directory.resolve("data"))
                .setRegisterShutdownHook(false)
                .start();
        try (Connection connection = source()) {
            SharedSandbox.execute(connection, "DROP SCHEMA IF EXISTS split CASCADE");
            for (String sql : TABLES) {
                SharedSandbox.execute(connection, sql);
            }
            SharedSandbox.execute(connection, "VACUUM split.gaps");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @AfterEach
    void givesEveryConnectionBack() {
        if (pool != null) {
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            pool.close();
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals(Fetching.THREAD)));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM split.awkward | ctid",
                "SELECT * FROM split.awkward | auto",
                "SELECT k, x FROM ONLY split.awkward AS a WHERE k % 3 = 0 OR k IS NULL -- some | ctid",
                "SELECT * FROM split.awkward | k",
                "SELECT * FROM split.awkward | b",
                "SELECT * FROM split.awkward | s",
                "SELECT * FROM split.awkward | d",
                "SELECT * FROM split.awkward | t",
                "SELECT * FROM split.awkward | i",
                "SELECT * FROM split.awkward | n",
                "SELECT * FROM split.awkward | x",
                "SELECT * FROM split.awkward | u",
                "SELECT * FROM split.awkward | o",
                "SELECT k % 5 AS \"K \"\"y\", count(*) AS c, min(x) AS x FROM split.awkward GROUP BY 1 | K \"y",
                "SELECT x, sum(k) AS c FROM split.awkward GROUP BY x ORDER BY 1 | x",
                "SELECT a.k, b.x FROM split.awkward a JOIN split.awkward b ON a.k = b.k::numeric + 1 | k",
                "SELECT k FROM split.awkward UNION ALL SELECT v FROM split.one_value | k",
                "WITH w AS (SELECT k, x FROM split.awkward) SELECT * FROM w | k",
                "SELECT k, x FROM split.awkward WHERE k > (SELECT max(k) - 3 FROM split.moving) OR k IS NULL | k",
                "SELECT * FROM split.one_value | ctid",
                "SELECT * FROM split.one_value | k",
                "SELECT * FROM split.one_value | x",
                "SELECT * FROM split.one_value | v",
                "SELECT * FROM split.empty | ctid",
                "SELECT * FROM split.empty | k",
                "SELECT * FROM split.empty | x",
                "SELECT * FROM split.one_row | ctid",
                "SELECT * FROM split.one_row | k",
                "SELECT * FROM split.one_row | x",
                "SELECT k, x FROM split.awkward WHERE k IS NULL | k",
                "SELECT k, x FROM split.awkward WHERE false | ctid",
                "SELECT v, t FROM split.infinite | t",
                "SELECT v, nullif(d, 'infinity') AS d FROM split.infinite WHERE d <> '-infinity' | d",
                "SELECT k, x FROM split.gaps | ctid",
                "SELECT k FROM ONLY split.parent | ctid",
                "SELECT k FROM split.parent | auto",
                "SELECT k FROM split.parts | auto",
                "SELECT k FROM split.parts | k",
                "SELECT * FROM split.view | auto",
                "SELECT * FROM split.view | k",
                "SELECT k, x FROM split.awkward ORDER BY k LIMIT 10 | auto",
                "SELECT * FROM lineitem | auto",
                "SELECT * FROM lineitem | l_shipdate",
                "SELECT * FROM lineitem | l_returnflag",
            })
    void givesEveryRowExactlyOnce(String sql, String by) throws SQLException {
        Read whole = sorted(read(sql, ReadMode.RESULTSET, 1, by));

        for (int partitions : new int[] {2, 3, 7}) {
            assertThat(sorted(read(sql, ReadMode.COPY, partitions, by)))
                    .as("%s partitions by COPY", partitions)
                    .isEqualTo(whole);
        }
        assertThat(sorted(read(sql, ReadMode.RESULTSET, 3, by)))
                .as("3 partitions by result sets")
                .isEqualTo(whole);
    }

    @Test
    void refusesAValueInASliceAsInTheWhole() throws SQLException {
        String sql = "SELECT v, d FROM split.infinite";

        assertThat(read(sql, ReadMode.COPY, 3, "v").failure().orElseThrow())
                .startsWith("SOURCE Column 'd' of row")
                .contains("infinity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM split.awkward | 3 | ranges of the",
                "SELECT * FROM split.one_row | 1 | has 1 pages",
                "SELECT * FROM split.view | 1 | split.view is a view",
                "SELECT * FROM split.parts | 1 | split.parts is a partitioned table",
                "SELECT * FROM split.parent | 1 | other tables inherit from split.parent",
                "SELECT * FROM split.parent p JOIN split.child c USING (k) | 1 | it is not plainly SELECT",
                "SELECT count(*) FROM split.awkward | 1 | the server's plan is Aggregate",
                "SELECT row_number() OVER (ORDER BY x) AS n FROM split.awkward | 1 | the server's plan is WindowAgg",
                "SELECT generate_series(1, 2) AS n FROM split.awkward | 1 | the server's plan is ProjectSet",
                "SELECT k FROM split.awkward WHERE random() < 0.5 | 1 | the function random, which is VOLATILE",
                "SELECT k FROM split.awkward WHERE t < current_timestamp | 1 | CURRENT_TIMESTAMP, which differs between",
                "SELECT k, now() AS n FROM split.awkward | 1 | it calls now",
                "SELECT k FROM split.awkward WHERE x IN (SELECT x FROM split.one_value LIMIT 1) | 1 | it has LIMIT",
                "SELECT k FROM split.moving WHERE k = 5 | 1 | does not read the whole table",
            })
    void splitsAutomaticallyOnlyWhatIsSure(String sql, int slices, String how) throws SQLException {
        Split split = plan(sql, 3, "auto");

        assertThat(split.statements()).hasSize(slices);
        assertThat(split.how()).contains(how);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM split.view | ctid | the query cannot be split by the pages of its table: split.view is a view",
                "SELECT * FROM nation ORDER BY 1 | ctid | it is not plainly SELECT",
                "SELECT * FROM split.awkward | y | the query's result has no such column; it has k, b, s",
                "SELECT k, ARRAY[k] AS a FROM split.awkward | a | the column is _int4",
                "SELECT k, k::real AS a FROM split.awkward | a | the column is float4",
                "SELECT * FROM split.awkward LIMIT 10 | k | it has LIMIT",
                "SELECT * FROM split.sleepy | k | it calls now",
                "SELECT DISTINCT ON (s) s, k FROM split.awkward ORDER BY s | s | it has DISTINCT ON",
                "SELECT k, rank() OVER (ORDER BY s) AS r FROM split.awkward | k | it has a window function",
                "SELECT k FROM split.awkward TABLESAMPLE system (50) | k | it has TABLESAMPLE",
                "SELECT s, string_agg(x, '') AS a FROM split.awkward GROUP BY s | a | computed from many rows",
            })
    void refusesToSplitWhatIsNotSure(String sql, String by, String message) {
        assertThatThrownBy(() -> open(sql, ReadMode.AUTO, 3, by))
                .isInstanceOfSatisfying(
                        CaravanException.class, e -> assertThat(e.category()).isEqualTo(Category.CONFIG))
                .hasMessageStartingWith("partitionBy=" + by + " of caravan-query: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @EnumSource(
            value = ReadMode.class,
            names = {"COPY", "RESULTSET"})
    void readsOneStateWhileRowsMove(ReadMode mode) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> writer = CompletableFuture.supplyAsync(() -> move(done));
        try {
            for (String by : List.of("ctid", "k", "v", "auto")) {
                for (int repeat = 0; repeat < 4; repeat++) {
                    Read read = read("SELECT k, v, x FROM split.moving", mode, 4, by);

                    assertThat(read.failure()).isEmpty();
                    assertThat(read.rows()).hasSize(5000);
                    // The writer gives every row the same value in each transaction, and another key.
                    assertThat(read.rows().stream().map(row -> row.get(1)).distinct())
                            .hasSize(1);
                    assertThat(read.rows().stream().map(row -> row.get(0)).distinct())
                            .hasSize(5000);
                }
            }
        } finally {
            done.set(true);
        }
        assertThat(writer.get(30, TimeUnit.SECONDS)).isPositive();
    }

    private static int move(AtomicBoolean done) {
        int moves = 0;
        try (Connection connection = source()) {
            connection.setAutoCommit(false);
            while (!done.get()) {
                SharedSandbox.execute(connection, "UPDATE split.moving SET v = v + 1, k = -k");
                connection.commit();
                moves++;
            }
            return moves;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void readsOneStateWhateverTheSessionsDefaultIsolation() throws SQLException {
        pool = pool(4, "SET default_transaction_isolation = 'serializable'");

        assertThat(Read.of(open(pool, "SELECT k FROM split.gaps", ReadMode.COPY, 4, "ctid"))
                        .rows())
                .hasSize(3000 - 1 + 9000 - 6000);
    }

    @Test
    void leavesConnectionsAsTheyWere() throws SQLException {
        pool = pool(3, "SELECT 1");
        Read.of(open(pool, "SELECT k FROM split.gaps", ReadMode.COPY, 3, "ctid"));

        try (Connection a = pool.getConnection();
                Connection b = pool.getConnection();
                Connection c = pool.getConnection()) {
            for (Connection connection : List.of(a, b, c)) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.isReadOnly()).isFalse();
                assertThat(SharedSandbox.query(connection, "SHOW transaction_isolation"))
                        .hasToString("[[read committed]]");
                assertThat(SharedSandbox.query(connection, "SHOW lock_timeout")).hasToString("[[0]]");
            }
        }
    }

    @Test
    void endsWithinASecondAllThatReadWhenItIsClosed() throws Exception {
        pool = pool(3, "SELECT 1");
        String sql = "SELECT k, split.pause(CASE WHEN k % 3000 = 2500 THEN 60 ELSE 0 END) AS p FROM split.gaps";
        RowStream rows = open(pool, sql, ReadMode.COPY, 3, "ctid");
        CompletableFuture<Throwable> reader = CompletableFuture.supplyAsync(
                        () -> Read.of(rows).failure().orElseThrow())
                .handle((failure, other) -> new AssertionError(failure, other));
        await().until(() -> active() >= 2);

        long begin = System.nanoTime();
        rows.close();
        rows.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(reader.get(5, TimeUnit.SECONDS)).hasMessageContaining("INTERRUPTED");
        assertThat(active()).isZero();
    }

    private static int active() throws SQLException {
        try (Connection connection = source()) {
            return SharedSandbox.query(
                            connection,
                            "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY%split.pause%'")
                    .size();
        }
    }

    @Test
    void throwsWhatTheFirstSliceToFailFailsWith() throws SQLException {
        pool = pool(3, "SELECT 1");
        String sql = "SELECT k, 1 / (k - 8000) AS q, CASE WHEN k = 2999 THEN split.pause(60) END AS p FROM split.gaps";

        Read read = Read.of(open(pool, sql, ReadMode.COPY, 3, "k"));

        assertThat(read.failure().orElseThrow()).startsWith("SOURCE").contains("division by zero");
    }

    @Test
    void saysThatThePoolGivesTooFewConnections() {
        pool = pool(2, "SELECT 1");

        assertThatThrownBy(() -> open(pool, "SELECT k FROM split.gaps", ReadMode.COPY, 3, "k"))
                .isInstanceOf(CaravanException.class)
                .hasMessageStartingWith("Connecting to the data source 'source' for partition 3 of 3 failed: ")
                .hasMessageContaining("must give 3 connections at a time; set fewer partitions");
    }

    @Test
    void saysThatAnotherSessionWaitsToChangeTheTable() throws Exception {
        CompletableFuture<Void> truncate = new CompletableFuture<>();
        pool = new HikariDataSource(config(3, "SELECT 1")) {
            private int given;

            @Override
            public Connection getConnection() throws SQLException {
                given++;
                if (given == 2) {
                    // Between the first connection's lock and the second's.
                    new Thread(() -> truncate(truncate)).start();
                    await().until(SplitReadingIT::isAwaited);
                }
                return super.getConnection();
            }
        };

        assertThatThrownBy(() -> open(pool, "SELECT k FROM split.gone", ReadMode.COPY, 2, "k"))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("Reading partition 2 of 2 of the query failed")
                .hasMessageContaining("Another session waits to change a table of the query");
        // It does not wait for us any more.
        truncate.get(10, TimeUnit.SECONDS);
    }

    private static void truncate(CompletableFuture<Void> done) {
        try (Connection connection = source()) {
            SharedSandbox.execute(connection, "TRUNCATE split.gone");
            done.complete(null);
        } catch (SQLException e) {
            done.completeExceptionally(e);
        }
    }

    private static boolean isAwaited() throws SQLException {
        try (Connection connection = source()) {
            return !SharedSandbox.query(
                            connection,
                            "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'split.gone'::regclass")
                    .isEmpty();
        }
    }

    @Test
    void saysThatConnectionsReachDifferentDatabases() throws SQLException {
        try (Connection reader = source();
                Connection elsewhere = source()) {
            reader.setAutoCommit(false);
            Snapshot.begin(reader);
            Snapshot state = Snapshot.export(reader);
            // The server forgets the state, as one that never had it.
            reader.rollback();
            elsewhere.setAutoCommit(false);

            assertThatThrownBy(() -> state.join(elsewhere))
                    .isInstanceOfSatisfying(CaravanException.class, e -> assertThat(e.category())
                            .isEqualTo(Category.SOURCE))
                    .hasMessageContaining("cannot read one state")
                    .hasMessageContaining("pooler")
                    .hasMessageContaining("leave partitions out");
        }
    }

    @Test
    void keepsThePositionOfAnErrorInTheQuery() {
        assertThatThrownBy(() -> open("SELECT nothing FROM region", ReadMode.AUTO, 3, "auto"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Position: 8");
    }

    private static Split plan(String sql, int partitions, String by) throws SQLException {
        try (Connection connection = source()) {
            connection.setAutoCommit(false);
            return reading(null, ReadMode.AUTO, partitions, by).split(connection, sql, Optional.empty(), Asking.BOUNDS);
        }
    }

    private Read read(String sql, ReadMode mode, int partitions, String by) throws SQLException {
        return Read.of(open(sql, mode, partitions, by));
    }

    private RowStream open(String sql, ReadMode mode, int partitions, String by) throws SQLException {
        if (pool == null) {
            pool = pool(8, "SELECT 1");
        }
        return open(pool, sql, mode, partitions, by);
    }

    private static RowStream open(HikariDataSource pool, String sql, ReadMode mode, int partitions, String by)
            throws SQLException {
        SplitReading reading = reading(pool, mode, partitions, by);
        Connection first = pool.getConnection();
        boolean opened = false;
        try {
            RowStream rows = partitions > 1
                    ? reading.open(first, sql, "/* run 1 */", count -> {}, expected -> {}, (column, rule) -> {})
                    : reading.fetching()
                            .open(first, sql, "/* run 1 */", count -> {}, expected -> {}, (column, rule) -> {});
            opened = true;
            return rows;
        } finally {
            if (!opened) {
                first.close();
            }
        }
    }

    private static SplitReading reading(HikariDataSource pool, ReadMode mode, int partitions, String by) {
        return new SplitReading(
                new Fetching("source", mode, 1000, ColumnOverrides.NONE),
                new Partitioning(partitions, PartitionBy.parse(by), Consistency.SNAPSHOT),
                pool);
    }

    private static HikariDataSource pool(int size, String first) {
        return new HikariDataSource(config(size, first));
    }

    private static HikariConfig config(int size, String first) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(3000);
        config.setConnectionInitSql(first);
        return config;
    }

    private static Read sorted(Read read) {
        List<List<Object>> rows = new ArrayList<>(read.rows());
        rows.sort(Comparator.comparing(Object::toString));
        return new Read(read.columns(), rows, read.failure());
    }
}
