package org.caravan.sandbox.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.caravan.sandbox.databricks.SharedWarehouse.ARROW;
import static org.caravan.sandbox.databricks.SharedWarehouse.JSON;
import static org.caravan.sandbox.databricks.SharedWarehouse.connect;
import static org.caravan.sandbox.databricks.SharedWarehouse.post;
import static org.caravan.sandbox.databricks.SharedWarehouse.query;
import static org.caravan.sandbox.databricks.SharedWarehouse.run;

import com.databricks.jdbc.api.IDatabricksStatement;
import java.math.BigDecimal;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements, parameters and sessions through the real driver. */
@ExtendWith(SharedWarehouse.class)
class QueryTest {
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
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> SharedWarehouse.standIn().activeJobs() > 0);
            statement.cancel();
            assertThatThrownBy(
                            () -> statement.unwrap(IDatabricksStatement.class).getExecutionResult())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("was cancelled");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> SharedWarehouse.standIn().activeJobs() == 0);
            assertThat(query(connection, "SELECT 1")).containsExactly(List.of(1));
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

    @Test
    void refusesAnUnknownWarehouse() {
        assertThatThrownBy(() -> DriverManager.getConnection(
                        SharedWarehouse.url(";AuthMech=3" + JSON).replace("warehouses/sandbox", "warehouses/x"),
                        "token",
                        SharedWarehouse.ADMIN_TOKEN))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("x was not found");
    }
}
