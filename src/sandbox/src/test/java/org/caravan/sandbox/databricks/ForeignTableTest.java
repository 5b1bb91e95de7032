package org.caravan.sandbox.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravan.sandbox.databricks.SharedWarehouse.ARROW;
import static org.caravan.sandbox.databricks.SharedWarehouse.JSON;
import static org.caravan.sandbox.databricks.SharedWarehouse.connect;
import static org.caravan.sandbox.databricks.SharedWarehouse.query;
import static org.caravan.sandbox.databricks.SharedWarehouse.remote;
import static org.caravan.sandbox.databricks.SharedWarehouse.run;
import static org.caravan.sandbox.databricks.SqlStates.assertThatSql;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading tables of a foreign database through the real driver. */
@ExtendWith(SharedWarehouse.class)
class ForeignTableTest {
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
}
