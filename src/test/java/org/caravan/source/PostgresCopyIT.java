package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.caravan.cli.SharedSandbox;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.RowStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** COPY and result set give the same columns, values and refusals, over a real PostgreSQL. */
class PostgresCopyIT {
    private static final Alterations NONE = (column, rule) -> {};

    /** Every type of PostgreSQL, each with the values that are the most awkward for it. */
    static List<String> values() {
        return CopyCases.values();
    }

    @ParameterizedTest
    @MethodSource("values")
    void givesWhatAResultSetGives(String sql) throws SQLException {
        assertSame(sql, List.of());
    }

    static List<String> refusals() {
        return CopyCases.refusals();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWhatAResultSetRefusesInTheSameWords(String sql) throws SQLException {
        assertSame(sql, List.of());
        assertThat(Read.of(open(sql, ReadMode.COPY, List.of())).failure()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Asia/Kolkata",
                "America/New_York",
                "Africa/Monrovia",
                "Europe/Amsterdam",
                "Pacific/Kiritimati",
                "Pacific/Niue"
            })
    void keepsInstantsInEverySessionTimeZone(String zone) throws SQLException {
        assertSame(
                "SELECT i, '0001-01-02 00:00+00'::timestamptz + i * interval '13 days 5:07:11.123456' AS t"
                        + " FROM generate_series(0, 280000, 7) i",
                List.of("SET TIME ZONE '" + zone + "'"));
        for (String edge : List.of("0001-01-01 00:00:00+00", "9999-12-31 23:59:59.999999+00", "9999-12-31 23:00-14")) {
            assertSame("SELECT '" + edge + "'::timestamptz AS t", List.of("SET TIME ZONE '" + zone + "'"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET bytea_output = 'escape'",
                "SET IntervalStyle = 'iso_8601'",
                "SET extra_float_digits = 0",
                "SET lc_monetary = 'C'"
            })
    void followsTheSessionsOutputSettings(String setting) throws SQLException {
        for (String sql : CopyCases.values()) {
            if (!sql.contains("generate_series")) {
                assertSame(sql, List.of(setting));
            }
        }
    }

    @Test
    void carriesEveryColumnOfTheCustomerProfiles() throws SQLException {
        List<String> columns;
        try (Connection connection = SharedSandbox.source();
                Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery("SELECT string_agg(quote_ident(column_name), chr(10))"
                        + " FROM information_schema.columns WHERE table_name = 'customer_profile'")) {
            names.next();
            columns = names.getString(1).lines().toList();
        }
        assertThat(columns).hasSizeGreaterThan(30);
        for (String column : columns) {
            assertSame("SELECT customer_id AS key_, " + column + " FROM customer_profile ORDER BY 1", List.of());
        }
        assertSame("SELECT * FROM lineitem ORDER BY l_orderkey, l_linenumber", List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SHOW server_version | it begins with SHOW",
                "EXPLAIN SELECT 1 | it begins with EXPLAIN",
                "/* one */ SELECT 1 AS a; SELECT 2 AS a | it is several statements",
            })
    void readsThroughAResultSetWhereCopyCannotServe(String sql, String reason) throws SQLException {
        try (Connection connection = SharedSandbox.source()) {
            assertThat(new Fetching("source", ReadMode.AUTO, 1000, ColumnOverrides.NONE)
                            .obstacle(connection, sql)
                            .orElseThrow())
                    .startsWith(reason);
        }
        assertThatThrownBy(() -> open(sql, ReadMode.COPY, List.of()))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("Leave read=copy out");
        assertThat(Read.of(open(sql, ReadMode.AUTO, List.of())).rows()).isNotEmpty();
    }

    @Test
    void readsThroughAResultSetWhatTheServerDoesNotTakeInACopy() throws SQLException {
        String sql = "SELECT 1 AS a; -- one statement, and a semicolon that COPY does not take";

        assertThat(Read.of(open(sql, ReadMode.AUTO, List.of())).rows()).containsExactly(List.of(1L));
        assertThatThrownBy(() -> open(sql, ReadMode.COPY, List.of()))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("does not take it in a COPY");
    }

    @Test
    void readsThroughAResultSetWhereTheServerCannotDescribe() throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                SharedSandbox.settings().getProperty("source.url") + "?preferQueryMode=simple", user())) {
            assertThat(new Fetching("source", ReadMode.AUTO, 1000, ColumnOverrides.NONE)
                            .obstacle(connection, "SELECT 1")
                            .orElseThrow())
                    .contains("preferQueryMode=simple");
        }
        try (Connection redshift = SharedSandbox.redshift()) {
            assertThat(new Fetching("source", ReadMode.AUTO, 1000, ColumnOverrides.NONE)
                            .obstacle(redshift, "SELECT 1")
                            .orElseThrow())
                    .contains("Redshift");
        }
    }

    @Test
    void sendsTheRunsCommentAndReadsOneState() throws SQLException {
        RowStream rows = open(
                "SELECT query, current_setting('transaction_isolation') AS level,"
                        + " current_setting('transaction_read_only') AS reads"
                        + " FROM pg_stat_activity WHERE pid = pg_backend_pid()",
                ReadMode.AUTO,
                List.of());

        assertThat(Read.of(rows).rows()).singleElement().satisfies(row -> assertThat(row.toString())
                .contains("COPY (SELECT query", "/* run 1 */", "repeatable read", "on"));
    }

    @Test
    void namesThePositionOfAnErrorInTheQuery() {
        assertThatThrownBy(() -> open("SELECT nothing FROM region", ReadMode.AUTO, List.of()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Position: 8");
    }

    @Test
    void saysHowFarItCameWhenTheQueryFails() throws SQLException {
        assertSame("SELECT i, 1 / (5000 - i) AS q FROM generate_series(1, 6000) i", List.of());
    }

    @Test
    void cancelsACopyThatIsWaitedFor() throws Exception {
        try (HikariDataSource pool = pool()) {
            int backend = backend(pool);
            RowStream rows = new Fetching("source", ReadMode.COPY, 1000, ColumnOverrides.NONE)
                    .open(
                            pool.getConnection(),
                            "SELECT i, pg_sleep(CASE WHEN i < 3000 THEN 0 ELSE 60 END)::text AS t"
                                    + " FROM generate_series(1, 4000) i",
                            "/* cancelled */",
                            count -> {},
                            NONE);
            rows.read(2048);
            CompletableFuture<Throwable> reader = CompletableFuture.supplyAsync(() -> {
                try {
                    rows.read(2048);
                    return new AssertionError("Read although nothing was sent");
                } catch (CaravanException e) {
                    return e;
                }
            });

            long begin = System.nanoTime();
            rows.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            assertThat(reader.get(1, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(CaravanException.class, e -> assertThat(e.category())
                            .isEqualTo(Category.INTERRUPTED));
            assertClean(pool, backend);
        }
    }

    @Test
    void cancelsACopyThatNobodyReads() throws Exception {
        try (HikariDataSource pool = pool()) {
            int backend = backend(pool);
            RowStream rows = new Fetching("source", ReadMode.COPY, 1000, ColumnOverrides.NONE)
                    .open(
                            pool.getConnection(),
                            "SELECT i, repeat('x', 1000) AS t FROM generate_series(1, 100000000) i",
                            "/* cancelled */",
                            count -> {},
                            NONE);
            rows.read(2048);

            long begin = System.nanoTime();
            rows.close();
            rows.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            assertClean(pool, backend);
        }
    }

    @Test
    void givesTheConnectionBackAfterTheLastRow() throws Exception {
        try (HikariDataSource pool = pool()) {
            int backend = backend(pool);
            AtomicLong progress = new AtomicLong();
            RowStream rows = new Fetching("source", ReadMode.COPY, 1000, ColumnOverrides.NONE)
                    .open(
                            pool.getConnection(),
                            "SELECT i FROM generate_series(1, 10000) i",
                            "/* run */",
                            progress::addAndGet,
                            NONE);

            assertThat(Read.of(rows).rows()).hasSize(10000);
            assertThat(progress).hasValue(10000);
            assertClean(pool, backend);
        }
    }

    /** The pool's one connection is the same, free, and as it was before. */
    private static void assertClean(HikariDataSource pool, int backend) throws SQLException {
        assertThat(backend(pool)).isEqualTo(backend);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("caravan-read");
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isFalse();
            try (ResultSet setting = statement.executeQuery("SHOW transaction_isolation")) {
                setting.next();
                assertThat(setting.getString(1)).isEqualTo("read committed");
            }
            try (ResultSet busy = statement.executeQuery(
                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY%' AND state <> 'idle'")) {
                busy.next();
                assertThat(busy.getLong(1)).isZero();
            }
        }
    }

    private static HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SharedSandbox.settings().getProperty("source.url"));
        config.setDataSourceProperties(user());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(3000);
        return new HikariDataSource(config);
    }

    private static int backend(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Properties user() {
        Properties properties = new Properties();
        properties.setProperty("user", SharedSandbox.settings().getProperty("source.user"));
        properties.setProperty("password", SharedSandbox.settings().getProperty("source.password"));
        return properties;
    }

    private static void assertSame(String sql, List<String> before) throws SQLException {
        Read expected = read(sql, ReadMode.RESULTSET, before);
        Read copied = read(sql, ReadMode.COPY, before);

        assertThat(copied.failure()).as(sql).isEqualTo(expected.failure());
        assertThat(copied.columns()).as(sql).isEqualTo(expected.columns());
        assertThat(copied.rows()).as(sql).isEqualTo(expected.rows());
    }

    private static Read read(String sql, ReadMode mode, List<String> before) throws SQLException {
        try {
            return Read.of(open(sql, mode, before));
        } catch (CaravanException | SQLException e) {
            return Read.failed(e);
        }
    }

    private static RowStream open(String sql, ReadMode mode, List<String> before) throws SQLException {
        Connection connection =
                DriverManager.getConnection(SharedSandbox.settings().getProperty("source.url"), user());
        boolean opened = false;
        try {
            for (String statement : before) {
                SharedSandbox.execute(connection, statement);
            }
            RowStream rows = new Fetching("source", mode, 1000, ColumnOverrides.NONE)
                    .open(connection, sql, "/* run 1 */", count -> {}, NONE);
            opened = true;
            return rows;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }
}
