package org.caravan.sandbox.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.databricks.jdbc.api.IDatabricksStatement;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.caravan.sandbox.postgres.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Through the real driver, against the stand-in in this process, with PostgreSQL as the foreign database. */
class DatabricksStandInTest {
    private static final String JSON = ";EnableQueryResultDownload=0";
    private static final String ARROW = "";

    @TempDir
    static Path directory;

    private static PostgresServer postgres;
    private static DatabricksStandIn warehouse;

    @BeforeAll
    static void start() throws Exception {
        QuietLogging.configure();
        warehouse = DatabricksStandIn.start(directory.resolve("spark"), 0, "secret-token", "sandbox");
        postgres = PostgresServer.start(
                Path.of("target", "postgres-binaries"), directory.resolve("pg").resolve("data"), Map.of());
        remote(
                """
                create table types (
                  id int primary key, small smallint, big bigint, price numeric(12, 2), wide numeric(38, 10),
                  real4 real, real8 double precision, flag boolean, day date, at timestamp, at_tz timestamptz,
                  name varchar(100), code char(3), raw bytea)""");
        remote(
                """
                insert into types values
                  (1, -32768, 9223372036854775807, 1234.50, 1234567890123456789012345678.0123456789, 1.5, 'NaN', true,
                   '0001-01-01', '0001-01-01 00:00:00.000001', '2024-02-29 23:30:00.123456+05:30', 'é漢😀', 'ab', '\\x00ff'),
                  (2, 32767, -9223372036854775808, -0.01, -9999999999999999999999999999.9999999999, -1.5, 'Infinity', false,
                   '9999-12-31', '9999-12-31 23:59:59.999999', '1969-12-31 23:59:59.999999+00', '', 'abc', ''),
                  (3, null, null, null, null, null, '-Infinity', null, '1582-10-15', '1900-01-01 00:00:00', null, null, null,
                   null)""");
        try (Connection connection = connect(JSON)) {
            run(
                    connection,
                    "CREATE CONNECTION pg TYPE postgresql OPTIONS (host '127.0.0.1', port '" + postgres.port()
                            + "', user '" + PostgresServer.ADMIN + "', password '" + postgres.adminPassword() + "')");
            run(connection, "CREATE FOREIGN CATALOG fed USING CONNECTION pg OPTIONS (database 'postgres')");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (warehouse != null) {
            warehouse.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, ARROW})
    void answersEveryTypeExactly(String mode) throws SQLException {
        try (Connection connection = connect(mode);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        """
                        SELECT 1Y, 2S, 3, 9223372036854775807L, CAST('NaN' AS DOUBLE), CAST('-Infinity' AS FLOAT),
                          CAST('1234567890123456789012345678.0123456789' AS DECIMAL(38,10)), true, 'é漢😀', X'00FF',
                          DATE'0001-01-01', TIMESTAMP'2024-02-29 12:34:56.123456', NULL, array(1, 2), ''""")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getByte(1)).isEqualTo((byte) 1);
            assertThat(row.getShort(2)).isEqualTo((short) 2);
            assertThat(row.getInt(3)).isEqualTo(3);
            assertThat(row.getLong(4)).isEqualTo(Long.MAX_VALUE);
            assertThat(row.getDouble(5)).isNaN();
            assertThat(row.getFloat(6)).isEqualTo(Float.NEGATIVE_INFINITY);
            assertThat(row.getBigDecimal(7)).isEqualTo(new BigDecimal("1234567890123456789012345678.0123456789"));
            assertThat(row.getBoolean(8)).isTrue();
            assertThat(row.getString(9)).isEqualTo("é漢😀");
            assertThat(row.getDate(11)).isEqualTo(Date.valueOf("0001-01-01"));
            assertThat(row.getTimestamp(12)).isEqualTo(Timestamp.valueOf("2024-02-29 12:34:56.123456"));
            assertThat(row.getObject(13)).isNull();
            assertThat(row.getString(14)).isEqualTo("[1,2]");
            assertThat(row.getString(15)).isEmpty();
            ResultSetMetaData columns = row.getMetaData();
            assertThat(columns.getColumnType(4)).isEqualTo(Types.BIGINT);
            assertThat(columns.getColumnType(7)).isEqualTo(Types.DECIMAL);
            assertThat(columns.getPrecision(7)).isEqualTo(38);
            assertThat(columns.getScale(7)).isEqualTo(10);
            assertThat(columns.getColumnType(12)).isEqualTo(Types.TIMESTAMP);
            assertThat(row.next()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, ARROW})
    void bindsFiveAndMoreParametersInOrder(String mode) throws SQLException {
        try (Connection connection = connect(mode);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT ?, ?, ?, ?, ?, ?, ?, ?, '?' /* ? */, typeof(?)")) {
            statement.setLong(1, 1);
            statement.setString(2, "it's \\ `?`");
            statement.setBigDecimal(3, new BigDecimal("1.50"));
            statement.setTimestamp(4, Timestamp.valueOf("2024-02-29 12:34:56.123456"));
            statement.setDate(5, Date.valueOf("2024-02-29"));
            statement.setBoolean(6, true);
            statement.setDouble(7, 0.1);
            statement.setNull(8, Types.INTEGER);
            statement.setBigDecimal(9, new BigDecimal("12.345"));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(1);
                assertThat(row.getString(2)).isEqualTo("it's \\ `?`");
                assertThat(row.getBigDecimal(3)).isEqualTo(new BigDecimal("1.50"));
                assertThat(row.getTimestamp(4)).isEqualTo(Timestamp.valueOf("2024-02-29 12:34:56.123456"));
                assertThat(row.getDate(5)).isEqualTo(Date.valueOf("2024-02-29"));
                assertThat(row.getBoolean(6)).isTrue();
                assertThat(row.getDouble(7)).isEqualTo(0.1);
                assertThat(row.getObject(8)).isNull();
                assertThat(row.getString(9)).isEqualTo("?");
                assertThat(row.getString(10)).isEqualTo("decimal(5,3)");
            }
        }
    }

    @Test
    void refusesAWrongToken() {
        assertThatThrownBy(() -> DriverManager.getConnection(url(JSON), "token", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Invalid access token");
    }

    @Test
    void refusesAnUnknownWarehouse() {
        assertThatThrownBy(() -> DriverManager.getConnection(
                        url(JSON).replace("warehouses/sandbox", "warehouses/x"), "token", "secret-token"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("x was not found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM nowhere                    | 42P01",
                "SELEC 1                                  | 42601",
                "SELECT nothing FROM range(1)             | 42703",
                "SELECT 1 / 0                             | 22012",
                "SELECT id / 0 FROM range(3)              | 22012",
                "SELECT CAST('x' AS INT)                  | 22018",
                "SELECT * FROM fed.public.nowhere         | 42P01",
                "SELECT nothing FROM fed.public.types     | 42703",
                "USE CATALOG nowhere                      | 42704",
                "DROP CATALOG nowhere                     | 42704",
                "DROP CONNECTION nowhere                  | 42704",
                "DROP CONNECTION pg                       | 2BP01",
                "CREATE CONNECTION pg2 TYPE oracle OPTIONS (host 'h')                     | 0A000",
                "CREATE CONNECTION pg2 TYPE redshift OPTIONS (host 'h')                   | 42000",
                "CREATE CONNECTION pg2 TYPE redshift OPTIONS (host 'h', port '1', user 'u', password 'p', ssl 'x') | 42000",
                "CREATE CONNECTION PG TYPE redshift OPTIONS (host 'h', port '1', user 'u', password 'p')           | 42710",
                "CREATE CONNECTION pg2 TYPE redshift OPTIONS (host secret('s', 'k'))      | 22531",
                "CREATE FOREIGN CATALOG fed USING CONNECTION pg OPTIONS (database 'd')    | 42710",
                "CREATE FOREIGN CATALOG f2 USING CONNECTION nowhere OPTIONS (database 'd') | 42704",
                "CREATE FOREIGN CATALOG f2 USING CONNECTION pg OPTIONS (db 'd')           | 42000",
                "REFRESH FOREIGN SCHEMA fed.nowhere       | 42704",
                "REFRESH FOREIGN TABLE fed.public.nowhere | 42P01",
            })
    void failsWithTheSqlStateOfDatabricks(String sql, String sqlState) throws SQLException {
        try (Connection connection = connect(JSON)) {
            assertThatSql(() -> run(connection, sql)).isEqualTo(sqlState);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO fed.public.types (id) VALUES (9)",
                "INSERT OVERWRITE fed.public.types SELECT * FROM fed.public.types",
                "UPDATE fed.public.types SET id = 9",
                "DELETE FROM fed.public.types",
                "DELETE FROM fed.public.types WHERE id = 1",
                "TRUNCATE TABLE fed.public.types",
                "MERGE INTO fed.public.types t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE",
                "CREATE TABLE fed.public.made (id INT)",
                "CREATE TABLE fed.public.made AS SELECT 1 AS id",
                "DROP TABLE fed.public.types",
                "ALTER TABLE fed.public.types ADD COLUMN more INT",
                "ALTER TABLE fed.public.types RENAME TO fed.public.other",
                "CREATE SCHEMA fed.made",
                "DROP SCHEMA fed.public CASCADE",
            })
    void refusesEveryWriteToAForeignCatalog(String sql) throws SQLException {
        try (Connection connection = connect(JSON)) {
            assertThatSql(() -> run(connection, sql)).isEqualTo("0A000");
            assertThat(query(connection, "SELECT count(*) FROM fed.public.types"))
                    .containsExactly(List.of(3L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, ARROW})
    void readsForeignTypesExactly(String mode) throws SQLException {
        try (Connection connection = connect(mode)) {
            assertThat(query(
                            connection,
                            "SELECT id, small, big, price, wide, real4, real8, flag FROM fed.public.types ORDER BY id"))
                    .containsExactly(
                            List.of(
                                    1,
                                    -32768,
                                    Long.MAX_VALUE,
                                    new BigDecimal("1234.50"),
                                    new BigDecimal("1234567890123456789012345678.0123456789"),
                                    1.5f,
                                    Double.NaN,
                                    true),
                            List.of(
                                    2,
                                    32767,
                                    Long.MIN_VALUE,
                                    new BigDecimal("-0.01"),
                                    new BigDecimal("-9999999999999999999999999999.9999999999"),
                                    -1.5f,
                                    Double.POSITIVE_INFINITY,
                                    false),
                            Arrays.asList(3, null, null, null, null, null, Double.NEGATIVE_INFINITY, null));
            assertThat(
                            query(
                                    connection,
                                    """
                    SELECT CAST(day AS STRING), CAST(at AS STRING), CAST(at_tz AS STRING), name, code, hex(raw)
                    FROM fed.public.types ORDER BY id"""))
                    .containsExactly(
                            List.of(
                                    "0001-01-01",
                                    "0001-01-01 00:00:00.000001",
                                    "2024-02-29 18:00:00.123456",
                                    "é漢😀",
                                    "ab ",
                                    "00FF"),
                            List.of(
                                    "9999-12-31",
                                    "9999-12-31 23:59:59.999999",
                                    "1969-12-31 23:59:59.999999",
                                    "",
                                    "abc",
                                    ""),
                            Arrays.asList("1582-10-15", "1900-01-01 00:00:00", null, null, null, null));
            assertThat(query(connection, "SELECT at, day FROM fed.public.types WHERE id = 2"))
                    .containsExactly(
                            List.of(Timestamp.valueOf("9999-12-31 23:59:59.999999"), Date.valueOf("9999-12-31")));
        }
    }

    @Test
    void answersTheStatementsOfVerification() throws SQLException {
        try (Connection connection = connect(ARROW)) {
            assertThat(
                            query(
                                    connection,
                                    """
                    SELECT COUNT(*), COUNT(big), MIN(big), MAX(big), SUM(CAST(big AS DECIMAL(38,0))), SUM(octet_length(name)),
                      unix_micros(MIN(at)), unix_micros(MAX(at)), datediff(MAX(day), DATE'1970-01-01'), MIN(wide), SUM(price)
                    FROM fed.public.types t /* run 0815 */"""))
                    .containsExactly(List.of(
                            3L,
                            2L,
                            Long.MIN_VALUE,
                            Long.MAX_VALUE,
                            new BigDecimal("-1"),
                            9L,
                            -62135596799999999L,
                            253402300799999999L,
                            2932896,
                            new BigDecimal("-9999999999999999999999999999.9999999999"),
                            new BigDecimal("1234.49")));
        }
    }

    @Test
    void aggregatesDecimalsExactly() throws SQLException {
        remote(
                "create schema sums",
                "create table sums.s (big bigint, whole numeric(38, 0), fine numeric(38, 37))",
                "insert into sums.s select 9223372036854775807, 99999999999999999999999999999999999999 - n,"
                        + " 1.0000000000000000000000000000000000001 from generate_series(0, 99) n");
        try (Connection connection = connect(JSON)) {
            run(connection, "REFRESH FOREIGN CATALOG fed");
            assertThat(
                            query(
                                    connection,
                                    "SELECT sum(CAST(big AS DECIMAL(38,0))), min(whole), max(whole), min(fine) FROM fed.sums.s"))
                    .containsExactly(List.of(
                            new BigDecimal("922337203685477580700"),
                            new BigDecimal("99999999999999999999999999999999999900"),
                            new BigDecimal("99999999999999999999999999999999999999"),
                            new BigDecimal("1.0000000000000000000000000000000000001")));
            assertThat(query(
                            connection,
                            "SELECT sum(fine), avg(big % 10) FROM fed.sums.s"
                                    + " WHERE whole > 99999999999999999999999999999999999996"))
                    .containsExactly(List.of(new BigDecimal("3.0000000000000000000000000000000000003"), 7.0));
        }
    }

    @Test
    void pushesFiltersAggregatesAndLimitsDown() throws SQLException {
        try (Connection connection = connect(JSON)) {
            String aggregate = query(
                            connection,
                            "EXPLAIN FORMATTED SELECT count(*), sum(price) FROM fed.public.types WHERE id > 1")
                    .toString();
            assertThat(aggregate)
                    .contains("PushedAggregates: [COUNT(*), SUM(price)]")
                    .contains("PushedFilters: [id IS NOT NULL, id > 1]");
            assertThat(query(connection, "EXPLAIN FORMATTED SELECT id FROM fed.public.types LIMIT 2")
                            .toString())
                    .contains("PushedLimit: LIMIT 2");
        }
    }

    @Test
    void doesNotSeeATableMadeAfterFirstUseUntilItIsRefreshed() throws SQLException {
        remote("create schema fresh", "create table fresh.a (id int)");
        try (Connection connection = connect(JSON)) {
            run(connection, "REFRESH FOREIGN CATALOG fed");
            assertThat(query(connection, "SELECT count(*) FROM fed.fresh.a")).containsExactly(List.of(0L));
            remote("create table fresh.b (id int)", "insert into fresh.b values (1)", "insert into fresh.a values (1)");
            assertThat(query(connection, "SELECT count(*) FROM fed.fresh.a")).containsExactly(List.of(1L));
            assertThatSql(() -> run(connection, "SELECT count(*) FROM fed.fresh.b"))
                    .isEqualTo("42P01");
            run(connection, "REFRESH FOREIGN TABLE fed.fresh.b");
            assertThat(query(connection, "SELECT count(*) FROM fed.fresh.b")).containsExactly(List.of(1L));

            remote("alter table fresh.a add column more int");
            assertThatSql(() -> run(connection, "SELECT more FROM fed.fresh.a")).isEqualTo("42703");
            run(connection, "REFRESH FOREIGN SCHEMA fed.fresh");
            assertThat(query(connection, "SELECT more IS NULL FROM fed.fresh.a"))
                    .containsExactly(List.of(true));

            remote("drop table fresh.b", "create table fresh.b (id int)");
            assertThat(query(connection, "SELECT count(*) FROM fed.fresh.b")).containsExactly(List.of(0L));
            remote("drop table fresh.b");
            assertThatSql(() -> run(connection, "SELECT count(*) FROM fed.fresh.b"))
                    .isEqualTo("42000");
        }
    }

    /** Days that the Julian calendar skipped do not exist in java.sql.Date, through which Spark reads a foreign date. */
    @Test
    void shiftsTheDaysThatTheCalendarSkipped() throws SQLException {
        remote("create schema gap", "create table gap.days (day date)", "insert into gap.days values ('1582-10-10')");
        try (Connection connection = connect(JSON)) {
            run(connection, "REFRESH FOREIGN SCHEMA fed.gap");
            assertThat(query(connection, "SELECT CAST(day AS STRING) FROM fed.gap.days"))
                    .containsExactly(List.of("1582-10-20"));
        }
    }

    @Test
    void answersDatabaseMetaData() throws SQLException {
        remote(
                "create schema meta",
                "create table meta.orders_1 (id int not null, price numeric(12, 2))",
                "create view meta.seen as select 1 as one");
        try (Connection connection = connect(ARROW)) {
            run(connection, "REFRESH FOREIGN CATALOG fed");
            assertThat(rows(connection.getMetaData().getCatalogs(), "TABLE_CAT"))
                    .contains(List.of("fed"));
            assertThat(rows(connection.getMetaData().getSchemas("fed", "meta"), "TABLE_CATALOG", "TABLE_SCHEM"))
                    .containsExactly(List.of("fed", "meta"));
            assertThat(rows(
                            connection.getMetaData().getTables("fed", "meta", "%", null),
                            "TABLE_CAT",
                            "TABLE_SCHEM",
                            "TABLE_NAME"))
                    .containsExactlyInAnyOrder(List.of("fed", "meta", "orders_1"), List.of("fed", "meta", "seen"));
            assertThat(rows(connection.getMetaData().getTables(null, "meta", "orders\\_1", null), "TABLE_NAME"))
                    .containsExactly(List.of("orders_1"));
            assertThat(rows(
                            connection.getMetaData().getColumns("fed", "meta", "orders_1", null),
                            "COLUMN_NAME",
                            "TYPE_NAME",
                            "DATA_TYPE",
                            "COLUMN_SIZE",
                            "DECIMAL_DIGITS",
                            "ORDINAL_POSITION"))
                    .containsExactly(
                            List.of("id", "INT", Types.INTEGER, 10, 0, 1),
                            List.of("price", "DECIMAL", Types.DECIMAL, 12, 2, 2));
            assertThat(rows(connection.getMetaData().getPrimaryKeys("fed", "meta", "orders_1"), "COLUMN_NAME"))
                    .isEmpty();
            assertThat(query(connection, "SHOW TABLES IN fed.meta").toString()).contains("orders_1");
            assertThat(query(connection, "DESCRIBE TABLE fed.meta.orders_1").toString())
                    .contains("decimal(12,2)");
        }
    }

    @Test
    void keepsCatalogSchemaAndTimeZoneInTheSession() throws SQLException {
        try (Connection connection = connect(JSON);
                Connection other = connect(JSON)) {
            run(connection, "USE CATALOG fed");
            run(connection, "USE SCHEMA public");
            assertThat(query(connection, "SELECT count(*) FROM types")).containsExactly(List.of(3L));
            run(connection, "SET TIME ZONE 'Europe/Berlin'");
            assertThat(query(connection, "SELECT current_catalog(), current_schema(), current_timezone()"))
                    .containsExactly(List.of("fed", "public", "Europe/Berlin"));
            assertThat(query(other, "SELECT current_timezone()")).containsExactly(List.of("UTC"));
        }
        try (Connection connection =
                connect(JSON + ";ConnCatalog=fed;ConnSchema=public;TIMEZONE=Asia/Tokyo;ANSI_MODE=false")) {
            assertThat(query(connection, "SELECT count(*), current_timezone(), max(1 / 0) IS NULL FROM types"))
                    .containsExactly(List.of(3L, "Asia/Tokyo", true));
        }
    }

    @Test
    void cancelsARunningStatement() throws Exception {
        try (Connection connection = connect(JSON);
                Statement statement = connection.createStatement()) {
            // Only a statement that the server has answered once can be cancelled: a plain one after its 10 s of
            // waiting.
            statement
                    .unwrap(IDatabricksStatement.class)
                    .executeAsync(
                            "SELECT count(*) FROM range(1000000) a CROSS JOIN range(1000000) b WHERE a.id * b.id = 7");
            Thread.sleep(1000);
            statement.cancel();
            assertThatThrownBy(
                            () -> statement.unwrap(IDatabricksStatement.class).getExecutionResult())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("was cancelled");
            await().atMost(Duration.ofSeconds(10)).until(() -> warehouse.activeJobs() == 0);
            assertThat(query(connection, "SELECT 1")).containsExactly(List.of(1));
        }
    }

    @Test
    void followsDroppedAndRecreatedCatalogsInOpenSessions() throws SQLException {
        try (Connection connection = connect(JSON)) {
            run(
                    connection,
                    "CREATE FOREIGN CATALOG IF NOT EXISTS temporary USING CONNECTION pg OPTIONS (database 'postgres')");
            run(connection, "SELECT id FROM temporary.public.types");
            run(connection, "DROP CATALOG temporary");
            assertThatSql(() -> run(connection, "SELECT id FROM temporary.public.types"))
                    .isEqualTo("42704");
            run(connection, "CREATE FOREIGN CATALOG temporary USING CONNECTION pg OPTIONS (database 'postgres')");
            run(connection, "SELECT id FROM temporary.public.types");
            run(connection, "DROP CATALOG temporary");
            run(connection, "GRANT SELECT ON TABLE fed.public.types TO `reader`");
            assertThat(query(connection, "SHOW GRANTS ON TABLE fed.public.types"))
                    .containsExactly(List.of("reader", "SELECT", "TABLE", "fed.public.types"));
            assertThat(query(connection, "SHOW CONNECTIONS").get(0)).startsWith("pg", "POSTGRESQL");
        }
    }

    @Test
    void failsAnInlineResultAboveTheLimit() throws SQLException {
        try (Connection connection = connect(JSON)) {
            assertThatThrownBy(() -> run(connection, "SELECT repeat('x', 1000) FROM range(30000)"))
                    .hasMessageContaining("Inline byte limit exceeded");
        }
    }

    @Test
    void takesTheCredentialsOfAConnectionFromSecrets() throws Exception {
        post("/api/2.0/secrets/scopes/create", "{\"scope\":\"caravan\"}");
        post(
                "/api/2.0/secrets/put",
                "{\"scope\":\"caravan\",\"key\":\"pw\",\"string_value\":\"" + postgres.adminPassword() + "\"}");
        try (Connection connection = connect(JSON)) {
            run(
                    connection,
                    "CREATE CONNECTION secret_pg TYPE postgresql OPTIONS (host '127.0.0.1', port '" + postgres.port()
                            + "', user '" + PostgresServer.ADMIN + "', password secret('caravan', 'pw'))");
            run(
                    connection,
                    "CREATE FOREIGN CATALOG secret_fed USING CONNECTION secret_pg OPTIONS (database 'postgres')");
            assertThat(query(connection, "SELECT count(*) FROM secret_fed.public.types"))
                    .containsExactly(List.of(3L));
            run(connection, "DROP CATALOG secret_fed");
            run(connection, "DROP CONNECTION secret_pg");
        }
    }

    @Test
    void failsAsOrdered() throws Exception {
        post("/sandbox/faults", "{\"unavailable\":1,\"pending\":2}");
        try (Connection connection = connect(JSON)) {
            assertThat(query(connection, "SELECT 1")).containsExactly(List.of(1));
            post("/sandbox/faults", "{\"drop_sessions\":true}");
            assertThatThrownBy(() -> run(connection, "SELECT 1")).hasMessageContaining("does not exist");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 0})
    void waitsOnlyAsLongAsTheRequestSays(int seconds) throws Exception {
        String answer = post(
                "/api/2.0/sql/statements/",
                "{\"warehouse_id\":\"sandbox\",\"wait_timeout\":\"" + seconds
                        + "s\",\"statement\":\"SELECT count(*) FROM range(10) WHERE id > :least\",\"parameters\":"
                        + "[{\"name\":\"least\",\"type\":\"INT\",\"value\":\"6\"}]}");
        if (seconds > 0) {
            assertThat(answer).contains("\"state\":\"SUCCEEDED\"", "\"data_array\":[[\"3\"]]");
        } else {
            assertThat(answer).containsAnyOf("PENDING", "RUNNING");
        }
    }

    private static String post(String path, String body) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + warehouse.port() + path))
                                .header("Authorization", "Bearer secret-token")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertThatSql(ThrowingCallable statement) {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(statement);
        assertThat(thrown).isInstanceOf(SQLException.class);
        return assertThat(((SQLException) thrown).getSQLState()).as(thrown.getMessage());
    }

    private static String url(String mode) {
        return "jdbc:databricks://127.0.0.1:" + warehouse.port()
                + ";ssl=0;httpPath=/sql/1.0/warehouses/sandbox;AuthMech=3"
                + ";UseThriftClient=0;UseBoundedSeaApi=0;EnableTelemetry=0;EnableSQLValidationForIsValid=1" + mode;
    }

    private static Connection connect(String mode) throws SQLException {
        return DriverManager.getConnection(url(mode), "token", "secret-token");
    }

    private static void remote(String... statements) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<List<Object>> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            String[] columns = new String[rows.getMetaData().getColumnCount()];
            return rows(rows, columns);
        }
    }

    /** Reads all rows: by these names, or by position where a name is null. */
    private static List<List<Object>> rows(ResultSet rows, String... columns) throws SQLException {
        List<List<Object>> all = new ArrayList<>();
        while (rows.next()) {
            List<Object> row = new ArrayList<>();
            for (int i = 0; i < columns.length; i++) {
                row.add(columns[i] == null ? rows.getObject(i + 1) : rows.getObject(columns[i]));
            }
            all.add(row);
        }
        return all;
    }
}
