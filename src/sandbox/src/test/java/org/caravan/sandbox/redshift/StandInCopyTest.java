package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** COPY of Parquet through the real Redshift driver: values, counts, what is kept of an error, what is refused. */
@ExtendWith(SharedRedshift.class)
class StandInCopyTest {
    @Test
    void loadsEveryDocumentedTypeUnchanged() throws Exception {
        MessageType schema = ParquetFiles.schema(List.of(
                "optional int32 a (INTEGER(16,true))",
                "optional int32 b",
                "optional int64 c",
                "optional float d",
                "optional double e",
                "optional boolean f",
                "optional binary g (STRING)",
                "optional int32 h (DATE)",
                "optional int64 i (TIMESTAMP(MICROS,true))",
                "optional int64 j (TIMESTAMP(MILLIS,false))",
                "optional int96 k",
                "optional int32 l (DECIMAL(9,2))",
                "optional int64 m (DECIMAL(18,4))",
                "optional fixed_len_byte_array(16) n (DECIMAL(38,10))",
                "optional binary o",
                "optional fixed_len_byte_array(7) p (DECIMAL(15,3))"));
        BigDecimal big = new BigDecimal("-1234567890123456789012345678.0123456789");
        String key = "types/" + StandInFiles.number() + ".parquet";
        Path file = ParquetFiles.write(StandInFiles.directory().resolve(key), schema, 2, (group, i) -> {
            if (i == 0) {
                fillTypes(group, big);
            }
        });
        SharedRedshift.s3().put(key, file);
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String table = StandInFiles.newTable(
                    statement,
                    "a smallint, b int, c bigint, d real, e double precision, f boolean, g varchar(10), h date, i timestamp,"
                            + " j timestamp, k timestamp, l decimal(9,2), m decimal(18,4), n decimal(38,10), o varbyte(10), p decimal(15,3)");
            statement.execute("copy " + table + " from 's3://stage/types/' iam_role default parquet");
            try (ResultSet rows = statement.executeQuery("select * from " + table + " order by a nulls last")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getShort(1)).isEqualTo((short) -7);
                assertThat(rows.getInt(2)).isEqualTo(Integer.MIN_VALUE);
                assertThat(rows.getLong(3)).isEqualTo(Long.MAX_VALUE);
                assertThat(rows.getFloat(4)).isEqualTo(1.5f);
                assertThat(rows.getDouble(5)).isEqualTo(-2.25);
                assertThat(rows.getBoolean(6)).isTrue();
                assertThat(rows.getString(7)).isEqualTo("é\uD83D\uDE00");
                assertThat(rows.getString(8)).isEqualTo("1969-12-31");
                assertThat(rows.getTimestamp(9)).isEqualTo(Timestamp.valueOf("2024-02-29 12:00:00.123456"));
                assertThat(rows.getTimestamp(10)).isEqualTo(Timestamp.valueOf("1969-12-31 23:59:59.999"));
                assertThat(rows.getTimestamp(11)).isEqualTo(Timestamp.valueOf("2000-01-02 00:00:01"));
                assertThat(rows.getBigDecimal(12)).isEqualByComparingTo("-12345.67");
                assertThat(rows.getBigDecimal(13)).isEqualByComparingTo("99999999999999.9999");
                assertThat(rows.getBigDecimal(14)).isEqualByComparingTo(big);
                assertThat(rows.getString(15)).isEqualToIgnoringCase("00ff10");
                assertThat(rows.getBigDecimal(16)).isEqualByComparingTo("-0.001");
                assertThat(rows.next()).isTrue();
                for (int column = 1; column <= 16; column++) {
                    assertThat(rows.getObject(column)).isNull();
                }
                ResultSetMetaData types = rows.getMetaData();
                assertThat(types.getPrecision(14)).isEqualTo(38);
                assertThat(types.getScale(14)).isEqualTo(10);
                assertThat(types.getPrecision(7)).isEqualTo(10);
                assertThat(types.getColumnType(9)).isEqualTo(Types.TIMESTAMP);
            }
        }
    }

    private static void fillTypes(Group group, BigDecimal big) {
        group.add(0, -7);
        group.add(1, Integer.MIN_VALUE);
        group.add(2, Long.MAX_VALUE);
        group.add(3, 1.5f);
        group.add(4, -2.25);
        group.add(5, true);
        group.add(6, "é\uD83D\uDE00");
        group.add(7, -1);
        group.add(8, 1709208000123456L);
        group.add(9, -1L);
        byte[] int96 = new byte[12];
        java.nio.ByteBuffer.wrap(int96)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putLong(1_000_000_000L)
                .putInt(2451546);
        group.add(10, Binary.fromConstantByteArray(int96));
        group.add(11, -1234567);
        group.add(12, 999999999999999999L);
        byte[] unscaled = big.unscaledValue().toByteArray();
        byte[] fixed = new byte[16];
        java.util.Arrays.fill(fixed, (byte) -1);
        System.arraycopy(unscaled, 0, fixed, 16 - unscaled.length, unscaled.length);
        group.add(13, Binary.fromConstantByteArray(fixed));
        group.add(14, Binary.fromConstantByteArray(new byte[] {0, -1, 16}));
        group.add(15, Binary.fromConstantByteArray(new byte[] {-1, -1, -1, -1, -1, -1, -1}));
    }

    @Test
    void loadsAnUncommittedTableAndTellsTheCount() throws Exception {
        String manifest = StandInFiles.numbers(1000);
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            String table = StandInFiles.newTable(statement, "id bigint not null, name varchar(20)");
            assertThat(statement.executeUpdate(StandInFiles.copy(table, manifest)))
                    .isZero();
            assertThat(statement.getWarnings().getMessage())
                    .contains("Load into table '" + table + "' completed, 1000 record(s) loaded successfully.");
            assertThat(StandInFiles.one(statement, "select pg_last_copy_count()"))
                    .isEqualTo(1000L);
            assertThat(StandInFiles.one(
                            statement, "select loaded_rows from sys_load_history where query_id = pg_last_copy_id()"))
                    .isEqualTo(1000L);
            assertThat(StandInFiles.one(
                                    statement,
                                    "select trim(filename) from stl_load_commits where query = pg_last_copy_id()")
                            .toString())
                    .startsWith("s3://stage/data/");
            assertThat(StandInFiles.one(statement, "select count(*) from " + table))
                    .isEqualTo(1000L);
            connection.rollback();
            assertThatThrownBy(() -> StandInFiles.one(statement, "select count(*) from " + table))
                    .hasMessageContaining("does not exist");
            connection.rollback();
            assertThat(StandInFiles.one(statement, "select pg_last_copy_count()"))
                    .isEqualTo(1000L);
        }
    }

    @Test
    void leavesALoadErrorThatSurvivesTheRollback() throws Exception {
        String manifest = StandInFiles.numbers(100);
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String table = StandInFiles.newTable(statement, "id bigint, name varchar(6)");
            connection.setAutoCommit(false);
            statement.execute("insert into " + table + " values (1, 'a')");
            assertThatThrownBy(() -> statement.execute(StandInFiles.copy(table, manifest)))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getSQLState()).isEqualTo("XX000");
                        assertThat(e.getMessage())
                                .contains("Spectrum Scan Error")
                                .contains("longer than the length defined in the table. Table: 6, Data: 7");
                    });
            assertThatThrownBy(() -> StandInFiles.one(statement, "select 1"))
                    .hasMessageContaining("current transaction is aborted");
            connection.rollback();
            assertThat(StandInFiles.one(statement, "select count(*) from " + table))
                    .isEqualTo(0L);
            assertThat(StandInFiles.one(statement, "select pg_last_copy_count()"))
                    .isEqualTo(0L);
            assertThat(StandInFiles.one(
                            statement, "select status from sys_load_history where query_id = pg_last_copy_id()"))
                    .isEqualTo("aborted");
            assertThat(
                            StandInFiles.one(
                                    statement,
                                    "select trim(colname) || line_number::varchar from stl_load_errors where query = pg_last_copy_id()"))
                    .isEqualTo("name11");
            assertThat(StandInFiles.one(
                                    statement,
                                    "select trim(error_message) from sys_load_error_detail where query_id = pg_last_copy_id()")
                            .toString())
                    .contains("Table: 6");
        }
    }

    static List<List<String>> failingCopies() {
        return List.of(
                List.of(
                        "id bigint",
                        "Unmatched number of columns between table and file. Table columns: 1, Data columns: 2"),
                List.of(
                        "id int, name varchar(20)",
                        "Column type: INT, Parquet schema:\noptional int64 id [i:0 d:1 r:0]"),
                List.of("id bigint, name bigint", "has an incompatible Parquet schema for column"),
                List.of("id bigint, name char(3)", "Table: 3, Data: 6"),
                List.of("id timestamptz, name varchar(20)", "Column type: TIMESTAMPTZ"));
    }

    @ParameterizedTest
    @MethodSource("failingCopies")
    void refusesFilesThatDoNotFitTheTable(List<String> columnsAndMessage) throws Exception {
        String manifest = StandInFiles.numbers(10);
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String table = StandInFiles.newTable(statement, columnsAndMessage.get(0));
            assertThatThrownBy(() -> statement.execute(StandInFiles.copy(table, manifest)))
                    .hasMessageContaining(columnsAndMessage.get(1));
            assertThat(StandInFiles.one(statement, "select count(*) from " + table))
                    .isEqualTo(0L);
        }
    }

    @Test
    void refusesNullInANotNullColumn() throws Exception {
        String manifest = StandInFiles.manifest(StandInFiles.parquet(List.of("optional int64 id"), 3, (group, i) -> {
            if (i != 2) {
                group.add(0, 1L);
            }
        }));
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String table = StandInFiles.newTable(statement, "id bigint not null");
            assertThatThrownBy(() -> statement.execute(StandInFiles.copy(table, manifest)))
                    .hasMessageContaining("Missing data for not-null field");
            assertThat(StandInFiles.one(
                            statement, "select err_code from stl_load_errors where query = pg_last_copy_id()"))
                    .isEqualTo(1213);
        }
    }

    @Test
    void checksTheManifest() throws Exception {
        String file = StandInFiles.parquet(List.of("optional int64 id"), 3, (group, i) -> group.add(0, 1L));
        long size = Files.size(StandInFiles.directory().resolve(file.substring("s3://stage/".length())));
        String wrongLength = SharedRedshift.s3().putManifest("m/wrong", file, size + 1);
        String missing = SharedRedshift.s3().putManifest("m/missing", "s3://stage/data/nothing", 1);
        String withoutLength =
                SharedRedshift.s3().put("m/without", "{\"entries\":[{\"url\":\"" + file + "\",\"mandatory\":true}]}");
        String optional = SharedRedshift.s3()
                .put(
                        "m/optional",
                        "{\"entries\":[{\"url\":\"" + file + "\",\"meta\":{\"content_length\":" + size
                                + "}},{\"url\":\"s3://stage/none\",\"mandatory\":false,\"meta\":{\"content_length\":1}}]}");
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String table = StandInFiles.newTable(statement, "id bigint");
            assertThatThrownBy(() -> statement.execute(StandInFiles.copy(table, wrongLength)))
                    .hasMessageContaining("content_length: " + (size + 1) + ", actual size: " + size);
            assertThatThrownBy(() -> statement.execute(StandInFiles.copy(table, missing)))
                    .hasMessageContaining("NoSuchKey");
            assertThatThrownBy(() -> statement.execute(StandInFiles.copy(table, withoutLength)))
                    .hasMessageContaining("content_length");
            assertThatThrownBy(() -> statement.execute(StandInFiles.copy(table, "s3://stage/m/none")))
                    .hasMessageContaining("The specified key does not exist.,Status 404,Error NoSuchKey");
            assertThatThrownBy(() -> statement.execute(StandInFiles.copy(table, "s3://nowhere/m")))
                    .hasMessageContaining("The specified bucket does not exist,Status 404,Error NoSuchBucket");
            assertThatThrownBy(() -> statement.execute(StandInFiles.copy(table, file)))
                    .hasMessageContaining("not in correct json format");
            statement.execute(StandInFiles.copy(table, optional));
            assertThat(StandInFiles.one(statement, "select count(*) from " + table))
                    .isEqualTo(3L);
        }
    }

    @Test
    void refusesARoleThatTheClusterDoesNotHave() throws Exception {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String table = StandInFiles.newTable(statement, "id bigint");
            assertThatThrownBy(() -> statement.execute("copy " + table
                            + " from 's3://stage/x' iam_role 'arn:aws:iam::123456789012:role/other' parquet"))
                    .hasMessageContaining("is not authorized to assume IAM Role arn:aws:iam::123456789012:role/other");
        }
    }

    @Test
    void cancelsACopyAndUndoesIt() throws Exception {
        String manifest = StandInFiles.numbers(200_000);
        String entry = manifest.replace(".manifest", "");
        long size = Files.size(StandInFiles.directory().resolve(entry.substring("s3://stage/".length())));
        String entries = String.join(
                ",",
                java.util.Collections.nCopies(
                        200,
                        "{\"url\":\"" + entry + "\",\"mandatory\":true,\"meta\":{\"content_length\":" + size + "}}"));
        String many = SharedRedshift.s3().put("m/many", "{\"entries\":[" + entries + "]}");
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String table = StandInFiles.newTable(statement, "id bigint, name varchar(20)");
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute(StandInFiles.copy(table, many)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            statement.setQueryTimeout(0);
            assertThat(StandInFiles.one(statement, "select count(*) from " + table))
                    .isEqualTo(0L);
            assertThat(StandInFiles.one(
                            statement, "select status from sys_load_history where query_id = pg_last_copy_id()"))
                    .isEqualTo("aborted");
        }
    }
}
