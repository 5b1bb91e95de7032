package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.JDBCType;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Optional;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of each make of database: what its driver says of a column, and what becomes of it. */
class SourceTypesTest {
    private static final String REFUSED = "refused: ";

    @ParameterizedTest(name = "{0} {1}({2},{3}) becomes {4}")
    @CsvFileSource(resources = "/source-types/common.csv", numLinesToSkip = 1)
    void ofAnUnknownDatabase(String jdbc, String name, int precision, int scale, String becomes, Reading reading)
            throws SQLException {
        check("DuckDB", jdbc, name, precision, scale, becomes, reading);
    }

    @ParameterizedTest(name = "{0} {1}({2},{3}) becomes {4}")
    @CsvFileSource(resources = "/source-types/postgresql.csv", numLinesToSkip = 1)
    void ofPostgresql(String jdbc, String name, int precision, int scale, String becomes, Reading reading)
            throws SQLException {
        check("PostgreSQL", jdbc, name, precision, scale, becomes, reading);
    }

    @ParameterizedTest(name = "{0} {1}({2},{3}) becomes {4}")
    @CsvFileSource(resources = "/source-types/redshift.csv", numLinesToSkip = 1)
    void ofRedshift(String jdbc, String name, int precision, int scale, String becomes, Reading reading)
            throws SQLException {
        check("Redshift", jdbc, name, precision, scale, becomes, reading);
    }

    @ParameterizedTest(name = "{0} {1}({2},{3}) becomes {4}")
    @CsvFileSource(resources = "/source-types/mysql.csv", numLinesToSkip = 1)
    void ofMySql(String jdbc, String name, int precision, int scale, String becomes, Reading reading)
            throws SQLException {
        check("MySQL", jdbc, name, precision, scale, becomes, reading);
        check("MariaDB", jdbc, name, precision, scale, becomes, reading);
    }

    @ParameterizedTest(name = "{0} {1}({2},{3}) becomes {4}")
    @CsvFileSource(resources = "/source-types/sqlserver.csv", numLinesToSkip = 1)
    void ofSqlServer(String jdbc, String name, int precision, int scale, String becomes, Reading reading)
            throws SQLException {
        check("Microsoft SQL Server", jdbc, name, precision, scale, becomes, reading);
    }

    @ParameterizedTest(name = "{0} {1}({2},{3}) becomes {4}")
    @CsvFileSource(resources = "/source-types/oracle.csv", numLinesToSkip = 1)
    void ofOracle(String jdbc, String name, int precision, int scale, String becomes, Reading reading)
            throws SQLException {
        check("Oracle", jdbc, name, precision, scale, becomes, reading);
    }

    @ParameterizedTest(name = "{0} {1}({2},{3}) becomes {4}")
    @CsvFileSource(resources = "/source-types/snowflake.csv", numLinesToSkip = 1)
    void ofSnowflake(String jdbc, String name, int precision, int scale, String becomes, Reading reading)
            throws SQLException {
        check(new SnowflakeTypes(true), jdbc, name, precision, scale, becomes, reading);
    }

    @ParameterizedTest(name = "{0} {1}({2},{3}) becomes {4}")
    @CsvFileSource(resources = "/source-types/databricks.csv", numLinesToSkip = 1)
    void ofDatabricks(String jdbc, String name, int precision, int scale, String becomes, Reading reading)
            throws SQLException {
        check(new DatabricksTypes(true), jdbc, name, precision, scale, becomes, reading);
    }

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, PostgresTypes",
        "Redshift, RedshiftTypes",
        "Amazon Redshift, RedshiftTypes",
        "MySQL, MySqlTypes",
        "MariaDB, MySqlTypes",
        "Microsoft SQL Server, SqlServerTypes",
        "Oracle, OracleTypes",
        "Snowflake, SnowflakeTypes",
        "SparkSQL, DatabricksTypes",
        "Databricks, DatabricksTypes",
        "DuckDB, CommonTypes"
    })
    void areChosenByTheProductsName(String product, String types) throws SQLException {
        assertThat(SourceTypes.of(database(product, "jdbc:x:")).getClass().getSimpleName())
                .isEqualTo(types);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://h/d?connectionTimeZone=SERVER, true",
        "jdbc:mysql://h/d?serverTimezone=UTC, true",
        "jdbc:mysql://h/d?forceConnectionTimeZoneToSession=true, true",
        "jdbc:mysql://h/d?connectionTimeZone=LOCAL, false",
        "jdbc:mysql://h/d, false"
    })
    void readsAPointInTimeOfMySqlOnceTheDriverKnowsTheSessionsZone(String url, boolean known) throws SQLException {
        SourceType type = SourceTypes.of(database("MySQL", url)).of(column("TIMESTAMP", "TIMESTAMP", 26, 0));

        assertThat(type.type().map(ColumnType::toString))
                .isEqualTo(known ? Optional.of("timestamptz") : Optional.empty());
    }

    @Test
    void readsNoLocalTimeByAnOldDriverInAZoneWhereSomeHoursDoNotExist() throws SQLException {
        assertThat(new SnowflakeTypes(false)
                        .of(column("TIMESTAMP", "TIMESTAMPNTZ", 0, 9))
                        .problem()
                        .orElseThrow())
                .contains("start it with -Duser.timezone=UTC (CARAVAN_OPTS), or set columns.x.type=text");
        assertThat(new DatabricksTypes(false)
                        .of(column("TIMESTAMP", "TIMESTAMP_NTZ", 0, 9))
                        .type())
                .isEmpty();
    }

    private static void check(
            String product, String jdbc, String name, int precision, int scale, String becomes, Reading reading)
            throws SQLException {
        check(SourceTypes.of(database(product, "jdbc:x:")), jdbc, name, precision, scale, becomes, reading);
    }

    private static void check(
            SourceTypes types, String jdbc, String name, int precision, int scale, String becomes, Reading reading)
            throws SQLException {
        SourceType type = types.of(column(jdbc, name, precision, scale));

        if (becomes.startsWith(REFUSED)) {
            assertThat(type.type()).isEmpty();
            assertThat(type.problem().orElseThrow()).startsWith(becomes.substring(REFUSED.length()));
        } else {
            assertThat(type.type().orElseThrow()).hasToString(becomes);
            assertThat(type.problem()).isEmpty();
            // What is read by default can be said as well.
            assertThat(reading.reads(type.type().orElseThrow())).isTrue();
        }
        assertThat(type.reading()).isEqualTo(reading);
    }

    private static JdbcColumn column(String jdbc, String name, int precision, int scale) throws SQLException {
        int type = jdbc.matches("-?\\d+")
                ? Integer.parseInt(jdbc)
                : JDBCType.valueOf(jdbc).getVendorTypeNumber();
        ResultSetMetaData metadata =
                new Metadata().and("c", type, name, precision, scale).metadata();
        return JdbcColumn.of(metadata, 1);
    }

    private static DatabaseMetaData database(String product, String url) {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                SourceTypesTest.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getDatabaseProductName" -> product;
                    case "getURL" -> url;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
