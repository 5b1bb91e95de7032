package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
import org.postgresql.core.BaseConnection;

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
            assertThat(fetching(ReadMode.AUTO, ColumnOverrides.NONE)
                            .obstacle(connection, sql)
                            .orElseThrow())
                    .startsWith(reason);
        }
        assertThatThrownBy(() -> open(sql, ReadMode.COPY, List.of()))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("Leave read=copy out");
        assertThat(read(sql, ReadMode.AUTO, List.of())).isEqualTo(read(sql, ReadMode.RESULTSET, List.of()));
    }

    @Test
    void readsThroughAResultSetWhatTheServerDoesNotTakeInACopy() throws SQLException {
        String sql = "SELECT 1 AS a";
        try (Connection pooled = SharedSandbox.source();
                RowStream rows = fetching(ReadMode.AUTO, ColumnOverrides.NONE)
                        .open(withoutCopy(pooled), sql, "/* run 1 */", count -> {}, expected -> {}, NONE)) {
            assertThat(Read.of(rows).rows()).containsExactly(List.of(1L));
        }
        try (Connection pooled = SharedSandbox.source()) {
            assertThatThrownBy(() -> fetching(ReadMode.COPY, ColumnOverrides.NONE)
                            .open(withoutCopy(pooled), sql, "/* run 1 */", count -> {}, expected -> {}, NONE))
                    .isInstanceOf(CaravanException.class)
                    .hasMessageContaining("does not take it in a COPY");
        }
    }

    /** A connection to something that refuses COPY, as some poolers do. */
    private static Connection withoutCopy(Connection real) throws SQLException {
        BaseConnection postgres = real.unwrap(BaseConnection.class);
        return (Connection) Proxy.newProxyInstance(
                PostgresCopyIT.class.getClassLoader(),
                new Class<?>[] {BaseConnection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "unwrap" -> proxy;
                    case "getCopyAPI" -> throw new SQLException("COPY is not supported", "0A000");
                    default -> {
                        try {
                            yield method.invoke(postgres, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 0.1::real AS v UNION ALL SELECT 16777217::real | v.type=double precision",
                "SELECT true AS v UNION ALL SELECT false | v.type=text",
                "SELECT date '2024-02-29' AS v | v.type=timestamp",
                "SELECT timestamp '2024-02-29 00:00' AS v | v.type=date",
                "SELECT 1 AS k, timestamp '2024-02-29 00:01' AS v | v.type=date",
                "SELECT 42::smallint AS v | v.type=decimal(20,3)",
                "SELECT 42::bigint AS v UNION ALL SELECT 70000 | v.type=smallint, v.onOverflow=null",
                "SELECT 42.00::numeric(9,2) AS v UNION ALL SELECT -7 | v.type=integer",
                "SELECT 1 AS k, 42.01::numeric(9,2) AS v | v.type=integer",
                "SELECT 1.5::numeric AS v UNION ALL SELECT 100 | v.type=decimal(38,18)",
                "SELECT 1.5::numeric AS v UNION ALL SELECT 'NaN' | v.type=decimal(10,2), v.onOverflow=null",
                "SELECT 1 AS k, 1.555::numeric AS v | v.type=decimal(10,2)",
                "SELECT 1.50::numeric AS v UNION ALL SELECT 'NaN' | v.type=text",
                "SELECT 'aéb☃c' AS v UNION ALL SELECT 'x' | v.type=text(4), v.onOverflow=truncate",
                "SELECT 'aéb☃c' AS v UNION ALL SELECT 'x' | v.type=text(4), v.onOverflow=null",
                "SELECT 1 AS k, 'aéb☃c' AS v | v.type=text(4)",
                "SELECT '{\"a\": [1, 2]}'::jsonb AS v | v.type=super",
                "SELECT '\\x010203'::bytea AS v UNION ALL SELECT '\\x01' | v.type=binary(2), v.onOverflow=null",
                "SELECT 1 AS k, '\\x010203'::bytea AS v | v.type=binary(2)",
                "SELECT 'infinity'::date AS v UNION ALL SELECT '2024-01-01' | v.onOverflow=null",
                "SELECT '2024-01-01 12:00+02'::timestamptz AS v | v.type=text, v.rename=w",
            })
    void doesWhatTheRouteSaysOfColumns(String sql, String settings) throws SQLException {
        ColumnOverrides overrides = ColumnOverrides.parse(Map.of(), settings);
        Map<ReadMode, Read> read = new EnumMap<>(ReadMode.class);
        Map<ReadMode, List<String>> altered = new EnumMap<>(ReadMode.class);
        for (ReadMode mode : List.of(ReadMode.COPY, ReadMode.RESULTSET)) {
            List<String> noted = Collections.synchronizedList(new ArrayList<>());
            read.put(
                    mode,
                    Read.of(fetching(mode, overrides)
                            .open(
                                    SharedSandbox.source(),
                                    sql,
                                    "",
                                    count -> {},
                                    expected -> {},
                                    (column, rule) -> noted.add(column + " " + rule))));
            altered.put(mode, noted);
        }

        assertThat(read.get(ReadMode.COPY)).isEqualTo(read.get(ReadMode.RESULTSET));
        assertThat(read.get(ReadMode.COPY).failure().isPresent()).isEqualTo(sql.contains(" AS k,"));
        assertThat(altered.get(ReadMode.COPY)).isEqualTo(altered.get(ReadMode.RESULTSET));
        assertThat(altered.get(ReadMode.COPY).isEmpty())
                .isEqualTo(sql.contains(" AS k,") || !settings.contains("onOverflow"));
    }

    private static Fetching fetching(ReadMode mode, ColumnOverrides overrides) {
        return new Fetching("source", mode, 1000, overrides);
    }

    @Test
    void readsThroughAResultSetWhereTheServerCannotDescribe() throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                SharedSandbox.settings().getProperty("source.url") + "?preferQueryMode=simple", user())) {
            assertThat(fetching(ReadMode.AUTO, ColumnOverrides.NONE)
                            .obstacle(connection, "SELECT 1")
                            .orElseThrow())
                    .contains("preferQueryMode=simple");
        }
        try (Connection redshift = SharedSandbox.redshift()) {
            assertThat(fetching(ReadMode.AUTO, ColumnOverrides.NONE)
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
            RowStream rows = fetching(ReadMode.COPY, ColumnOverrides.NONE)
                    .open(
                            pool.getConnection(),
                            "SELECT i, pg_sleep(CASE WHEN i < 3000 THEN 0 ELSE 60 END)::text AS t"
                                    + " FROM generate_series(1, 4000) i",
                            "/* cancelled */",
                            count -> {},
                            expected -> {},
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
            RowStream rows = fetching(ReadMode.COPY, ColumnOverrides.NONE)
                    .open(
                            pool.getConnection(),
                            "SELECT i, repeat('x', 1000) AS t FROM generate_series(1, 100000000) i",
                            "/* cancelled */",
                            count -> {},
                            expected -> {},
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
            RowStream rows = fetching(ReadMode.COPY, ColumnOverrides.NONE)
                    .open(
                            pool.getConnection(),
                            "SELECT i FROM generate_series(1, 10000) i",
                            "/* run */",
                            progress::addAndGet,
                            expected -> {},
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
                    .open(connection, sql, "/* run 1 */", count -> {}, expected -> {}, NONE);
            opened = true;
            return rows;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }
}
