package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the real driver makes of each type's values and descriptions. */
@ExtendWith(SharedRedshift.class)
class ResultTypesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1::smallint; int2; java.lang.Short; 1",
                "1; int4; java.lang.Integer; 1",
                "9223372036854775807; int8; java.lang.Long; 9223372036854775807",
                "1.5::real; float4; java.lang.Float; 1.5",
                "1.5::float8; float8; java.lang.Double; 1.5",
                "1.50::decimal(5,2); numeric; java.math.BigDecimal; 1.50",
                "true; bool; java.lang.Boolean; true",
                "'a'::varchar(3); varchar; java.lang.String; a",
                "'a'::char(3); bpchar; java.lang.String; 'a  '",
                "md5('a'); varchar; java.lang.String; 0cc175b9c0f1b6a831c399e269772661",
                "'a'::text || 'b'; varchar; java.lang.String; ab",
                "date '2024-02-29'; date; java.sql.Date; 2024-02-29",
                "timestamp '1969-12-31 23:59:59.999999'; timestamp; java.sql.Timestamp; 1969-12-31 23:59:59.999999",
                "time '20:00:00'; time; java.sql.Time; 20:00:00",
                "json_parse('{\"a\": [1, \"x y\"]}'); super; java.lang.String; {\"a\":[1,\"x y\"]}",
                "datediff(day, date '2024-01-01', date '2024-01-02'); int8; java.lang.Long; 1",
                "extract(year from timestamp '2024-01-01'); int4; java.lang.Integer; 2024",
                "extract(year from timestamptz '2024-01-01'); float8; java.lang.Double; 2024.0",
                "strtol('ff', 16); int8; java.lang.Long; 255",
                "mod(7::bigint, 2::bigint); int8; java.lang.Long; 1",
                "octet_length('a'); int4; java.lang.Integer; 1"
            })
    void describesAnExpression(String expression, String type, String javaClass, String value) throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select " + expression)) {
            assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo(type);
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1).getClass().getName()).isEqualTo(javaClass);
            assertThat(rows.getObject(1)).hasToString(value);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sum(a); int8", "sum(b); numeric", "sum(c); numeric", "sum(d); float8", "sum(e); float8",
                "avg(a); int8", "avg(b); int8", "avg(c); numeric", "avg(d); float8", "count(*); int8",
                "min(a); int4", "max(c); numeric", "listagg(f, ','); varchar", "any_value(b); int8"
            })
    void describesAnAggregate(String aggregate, String type) throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (a int, b bigint, c decimal(12,2), d real, e float8, f varchar(3))");
            try (ResultSet rows = statement.executeQuery("select " + aggregate + " from t")) {
                assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo(type);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"max(c)", "c", "sum(c + c)"})
    void tellsPrecisionAndScaleOfACast(String expression) throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (c decimal(12,2))");
            try (ResultSet rows = statement.executeQuery("select CAST(" + expression + " AS NUMERIC(38,2)) from t")) {
                assertThat(rows.getMetaData().getPrecision(1)).isEqualTo(38);
                assertThat(rows.getMetaData().getScale(1)).isEqualTo(2);
            }
        }
    }

    @Test
    void tellsPrecisionScaleAndLengthOfColumns() throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (a decimal(38,37), b varchar(7), c char(5), d decimal, e varchar)");
            try (ResultSet rows = statement.executeQuery("select * from t")) {
                ResultSetMetaData columns = rows.getMetaData();
                assertThat(columns.getPrecision(1)).isEqualTo(38);
                assertThat(columns.getScale(1)).isEqualTo(37);
                assertThat(columns.getPrecision(2)).isEqualTo(7);
                assertThat(columns.getPrecision(3)).isEqualTo(5);
                assertThat(columns.getPrecision(4)).isEqualTo(18);
                assertThat(columns.getPrecision(5)).isEqualTo(256);
                assertThat(columns.getColumnType(2)).isEqualTo(Types.VARCHAR);
                assertThat(columns.getColumnType(3)).isEqualTo(Types.CHAR);
            }
        }
    }

    @Test
    void takesParametersOfEveryType() throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (a int, b bigint, c decimal(12,2), d float8, e varchar(9), f date,"
                    + " g timestamp, h boolean, i varbyte(3), j super, k time)");
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into t values (?, ?, ?, ?, ?, ?, ?, ?, ?, json_parse(?), ?)")) {
                insert.setInt(1, 1);
                insert.setLong(2, Long.MIN_VALUE);
                insert.setBigDecimal(3, new BigDecimal("1.005"));
                insert.setDouble(4, 0.1);
                insert.setString(5, "é😀");
                insert.setDate(6, Date.valueOf("2024-02-29"));
                insert.setTimestamp(7, Timestamp.valueOf("1969-12-31 23:59:59.999999"));
                insert.setBoolean(8, true);
                insert.setBytes(9, new byte[] {0, 1, -1});
                insert.setString(10, "{\"a\": 1}");
                insert.setTime(11, Time.valueOf("20:00:00"));
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
            try (ResultSet rows = statement.executeQuery("select * from t")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(2)).isEqualTo(Long.MIN_VALUE);
                assertThat(rows.getBigDecimal(3)).isEqualTo(new BigDecimal("1.01"));
                assertThat(rows.getDouble(4)).isEqualTo(0.1);
                assertThat(rows.getString(5)).isEqualTo("é😀");
                assertThat(rows.getString(6)).isEqualTo("2024-02-29");
                assertThat(rows.getTimestamp(7)).isEqualTo(Timestamp.valueOf("1969-12-31 23:59:59.999999"));
                assertThat(rows.getBoolean(8)).isTrue();
                assertThat(rows.getString(9)).isEqualToIgnoringCase("0001ff");
                assertThat(rows.getString(10)).isEqualTo("{\"a\":1}");
                assertThat(rows.getTime(11)).isEqualTo(Time.valueOf("20:00:00"));
            }
        }
    }
}
