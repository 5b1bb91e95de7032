package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.caravan.sandbox.redshift.statement.DenyList;
import org.caravan.sandbox.redshift.statement.DenyRule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole stand-in, through the real Redshift driver. */
class RedshiftStandInTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/caravan-copy";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static LocalS3 s3;
    private static RedshiftStandIn redshift;

    @BeforeAll
    static void start() throws Exception {
        s3 = new LocalS3(directory.resolve("s3"));
        redshift = RedshiftStandIn.start(new RedshiftStandIn.Options(
                directory.resolve("redshift"),
                Path.of(System.getProperty("java.io.tmpdir"), "postgres-binaries"),
                0,
                "dev",
                "awsuser",
                "Secret99",
                s3.endpoint(),
                "us-east-1",
                LocalS3.ACCESS_KEY,
                LocalS3.SECRET_KEY,
                List.of(ROLE)));
    }

    @AfterAll
    static void stop() throws Exception {
        if (redshift != null) {
            redshift.close();
        }
        if (s3 != null) {
            s3.close();
        }
    }

    private static Connection connect() throws SQLException {
        return connect("jdbc:redshift://127.0.0.1:" + redshift.port() + "/dev", "awsuser", "Secret99");
    }

    private static Connection connect(String url, String user, String password, String... properties)
            throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", user);
        all.setProperty("password", password);
        all.setProperty("ssl", "false");
        for (int i = 0; i < properties.length; i += 2) {
            all.setProperty(properties[i], properties[i + 1]);
        }
        return DriverManager.getConnection(url, all);
    }

    private static String newTable(Statement statement, String columns) throws SQLException {
        String table = "t" + NUMBERS.incrementAndGet();
        statement.execute("create table " + table + " (" + columns + ")");
        return table;
    }

    private static Object one(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getObject(1);
        }
    }

    private static String parquet(List<String> fields, int rows, ParquetFiles.Row row) throws Exception {
        String key = "data/" + NUMBERS.incrementAndGet() + ".parquet";
        return s3.put(key, ParquetFiles.write(directory.resolve(key), ParquetFiles.schema(fields), rows, row));
    }

    /** A manifest of one file with its true size. */
    private static String manifest(String url) throws Exception {
        String key = url.substring(url.indexOf('/', 5) + 1);
        return s3.putManifest(key + ".manifest", url, Files.size(directory.resolve(key)));
    }

    private static String numbers(int rows) throws Exception {
        return manifest(parquet(List.of("optional int64 id", "optional binary name (STRING)"), rows, (group, i) -> {
            group.add(0, (long) i);
            group.add(1, "name " + i);
        }));
    }

    private static String copy(String table, String manifest) {
        return "copy " + table + " from '" + manifest + "' iam_role '" + ROLE + "' format as parquet manifest";
    }

    @Test
    void saysThatItIsTheStandIn() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(one(statement, "select version()").toString())
                    .startsWith("PostgreSQL 8.0.2")
                    .contains("Redshift 1.0.")
                    .contains("stand-in");
            assertThat(one(statement, "select current_user")).isEqualTo("awsuser");
        }
    }

    @Test
    void encryptsWithACertificateThatTheDriverVerifies() throws SQLException {
        for (String host : List.of("127.0.0.1", "localhost")) {
            try (Connection connection = connect(
                            "jdbc:redshift://" + host + ":" + redshift.port() + "/dev",
                            "awsuser",
                            "Secret99",
                            "ssl",
                            "true",
                            "sslmode",
                            "verify-full",
                            "sslRootCert",
                            redshift.caFile().toString());
                    Statement statement = connection.createStatement()) {
                assertThat(one(statement, "select 1")).isEqualTo(1);
            }
        }
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownDatabase() {
        String url = "jdbc:redshift://127.0.0.1:" + redshift.port();
        assertThatThrownBy(() -> connect(url + "/dev", "awsuser", "wrong"))
                .hasMessageContaining("password authentication failed for user \"awsuser\"");
        assertThatThrownBy(() -> connect(url + "/dev", "nobody", "wrong"))
                .hasMessageContaining("password authentication failed for user \"nobody\"");
        assertThatThrownBy(() -> connect(url + "/nowhere", "awsuser", "Secret99"))
                .hasMessageContaining("database \"nowhere\" does not exist");
    }

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
        String key = "types/" + NUMBERS.incrementAndGet() + ".parquet";
        Path file = ParquetFiles.write(directory.resolve(key), schema, 2, (group, i) -> {
            if (i == 0) {
                fillTypes(group, big);
            }
        });
        s3.put(key, file);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String table = newTable(
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
        String manifest = numbers(1000);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            String table = newTable(statement, "id bigint not null, name varchar(20)");
            assertThat(statement.executeUpdate(copy(table, manifest))).isZero();
            assertThat(statement.getWarnings().getMessage())
                    .contains("Load into table '" + table + "' completed, 1000 record(s) loaded successfully.");
            assertThat(one(statement, "select pg_last_copy_count()")).isEqualTo(1000L);
            assertThat(one(statement, "select loaded_rows from sys_load_history where query_id = pg_last_copy_id()"))
                    .isEqualTo(1000L);
            assertThat(one(statement, "select trim(filename) from stl_load_commits where query = pg_last_copy_id()")
                            .toString())
                    .startsWith("s3://stage/data/");
            assertThat(one(statement, "select count(*) from " + table)).isEqualTo(1000L);
            connection.rollback();
            assertThatThrownBy(() -> one(statement, "select count(*) from " + table))
                    .hasMessageContaining("does not exist");
            connection.rollback();
            assertThat(one(statement, "select pg_last_copy_count()")).isEqualTo(1000L);
        }
    }

    @Test
    void leavesALoadErrorThatSurvivesTheRollback() throws Exception {
        String manifest = numbers(100);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String table = newTable(statement, "id bigint, name varchar(6)");
            connection.setAutoCommit(false);
            statement.execute("insert into " + table + " values (1, 'a')");
            assertThatThrownBy(() -> statement.execute(copy(table, manifest)))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getSQLState()).isEqualTo("XX000");
                        assertThat(e.getMessage())
                                .contains("Spectrum Scan Error")
                                .contains("longer than the length defined in the table. Table: 6, Data: 7");
                    });
            assertThatThrownBy(() -> one(statement, "select 1")).hasMessageContaining("current transaction is aborted");
            connection.rollback();
            assertThat(one(statement, "select count(*) from " + table)).isEqualTo(0L);
            assertThat(one(statement, "select pg_last_copy_count()")).isEqualTo(0L);
            assertThat(one(statement, "select status from sys_load_history where query_id = pg_last_copy_id()"))
                    .isEqualTo("aborted");
            assertThat(
                            one(
                                    statement,
                                    "select trim(colname) || line_number::varchar from stl_load_errors where query = pg_last_copy_id()"))
                    .isEqualTo("name11");
            assertThat(one(
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
        String manifest = numbers(10);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String table = newTable(statement, columnsAndMessage.get(0));
            assertThatThrownBy(() -> statement.execute(copy(table, manifest)))
                    .hasMessageContaining(columnsAndMessage.get(1));
            assertThat(one(statement, "select count(*) from " + table)).isEqualTo(0L);
        }
    }

    @Test
    void refusesNullInANotNullColumn() throws Exception {
        String manifest = manifest(parquet(List.of("optional int64 id"), 3, (group, i) -> {
            if (i != 2) {
                group.add(0, 1L);
            }
        }));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String table = newTable(statement, "id bigint not null");
            assertThatThrownBy(() -> statement.execute(copy(table, manifest)))
                    .hasMessageContaining("Missing data for not-null field");
            assertThat(one(statement, "select err_code from stl_load_errors where query = pg_last_copy_id()"))
                    .isEqualTo(1213);
        }
    }

    @Test
    void checksTheManifest() throws Exception {
        String file = parquet(List.of("optional int64 id"), 3, (group, i) -> group.add(0, 1L));
        long size = Files.size(directory.resolve(file.substring("s3://stage/".length())));
        String wrongLength = s3.putManifest("m/wrong", file, size + 1);
        String missing = s3.putManifest("m/missing", "s3://stage/data/nothing", 1);
        String withoutLength = s3.put("m/without", "{\"entries\":[{\"url\":\"" + file + "\",\"mandatory\":true}]}");
        String optional = s3.put(
                "m/optional",
                "{\"entries\":[{\"url\":\"" + file + "\",\"meta\":{\"content_length\":" + size
                        + "}},{\"url\":\"s3://stage/none\",\"mandatory\":false,\"meta\":{\"content_length\":1}}]}");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String table = newTable(statement, "id bigint");
            assertThatThrownBy(() -> statement.execute(copy(table, wrongLength)))
                    .hasMessageContaining("content_length: " + (size + 1) + ", actual size: " + size);
            assertThatThrownBy(() -> statement.execute(copy(table, missing))).hasMessageContaining("NoSuchKey");
            assertThatThrownBy(() -> statement.execute(copy(table, withoutLength)))
                    .hasMessageContaining("content_length");
            assertThatThrownBy(() -> statement.execute(copy(table, "s3://stage/m/none")))
                    .hasMessageContaining("The specified key does not exist.,Status 404,Error NoSuchKey");
            assertThatThrownBy(() -> statement.execute(copy(table, "s3://nowhere/m")))
                    .hasMessageContaining("The specified bucket does not exist,Status 404,Error NoSuchBucket");
            assertThatThrownBy(() -> statement.execute(copy(table, file)))
                    .hasMessageContaining("not in correct json format");
            statement.execute(copy(table, optional));
            assertThat(one(statement, "select count(*) from " + table)).isEqualTo(3L);
        }
    }

    @Test
    void refusesARoleThatTheClusterDoesNotHave() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String table = newTable(statement, "id bigint");
            assertThatThrownBy(() -> statement.execute("copy " + table
                            + " from 's3://stage/x' iam_role 'arn:aws:iam::123456789012:role/other' parquet"))
                    .hasMessageContaining("is not authorized to assume IAM Role arn:aws:iam::123456789012:role/other");
        }
    }

    @Test
    void commitsAtTruncate() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String truncated = newTable(statement, "a int");
            String written = newTable(statement, "a int");
            statement.execute("insert into " + truncated + " values (1)");
            connection.setAutoCommit(false);
            statement.execute("insert into " + written + " values (1)");
            statement.execute("truncate " + truncated);
            connection.rollback();
            assertThat(one(statement, "select count(*) from " + truncated)).isEqualTo(0L);
            assertThat(one(statement, "select count(*) from " + written)).isEqualTo(1L);
        }
    }

    @Test
    void keepsVacuumAndAppendOutOfTransactions() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String target = newTable(statement, "a int, b varchar(3)");
            String source = newTable(statement, "b varchar(3), a int");
            statement.execute("insert into " + source + " values ('x', 1), ('y', 2)");
            String append = "alter table " + target + " append from " + source;
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.execute(append))
                    .hasMessageContaining("cannot run inside a transaction block");
            connection.rollback();
            assertThatThrownBy(() -> statement.execute("vacuum"))
                    .hasMessageContaining("VACUUM cannot run inside a transaction block");
            connection.rollback();
            connection.setAutoCommit(true);
            statement.execute(append);
            statement.execute("vacuum full " + target);
            statement.execute("analyze " + target);
            assertThat(one(statement, "select listagg(b, '') within group (order by a) from " + target))
                    .isEqualTo("xy");
            assertThat(one(statement, "select count(*) from " + source)).isEqualTo(0L);
        }
    }

    @Test
    void countsBytesWhenRowsAreInserted() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String table = newTable(statement, "a varchar(3), b varchar, c char(2)");
            statement.execute("insert into " + table + " values ('éa', null, null)");
            for (String values : List.of("'éé', '', ''", "'', repeat('x', 257), ''", "'', '', 'éa'")) {
                assertThatThrownBy(() -> statement.execute("insert into " + table + " values (" + values + ")"))
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                                .isEqualTo("22001"));
            }
            statement.execute("alter table " + table + " alter column a type varchar(4)");
            statement.execute("update " + table + " set a = 'éé'");
        }
    }

    @Test
    void takesKeysAsInformationOnlyAndShowsThem() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table other (x int primary key)");
            String table = newTable(
                    statement,
                    "a int primary key, b int unique references other (x), c decimal, d super, e varbyte(7), \"F\" varchar(max)) "
                            + "diststyle key distkey (a) compound sortkey (a, b");
            statement.execute("insert into " + table + " (a, b) values (1, 1), (1, 1)");
            try (ResultSet keys = connection.getMetaData().getPrimaryKeys("dev", "public", table)) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getString("COLUMN_NAME")).isEqualTo("a");
            }
            try (ResultSet keys = connection.getMetaData().getImportedKeys("dev", "public", table)) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getString("PKTABLE_NAME") + "." + keys.getString("PKCOLUMN_NAME") + " from "
                                + keys.getString("FKCOLUMN_NAME"))
                        .isEqualTo("other.x from b");
            }
            List<String> columns = new ArrayList<>();
            try (ResultSet rows = connection.getMetaData().getColumns("dev", "public", table, null)) {
                while (rows.next()) {
                    columns.add(rows.getString("COLUMN_NAME") + " " + rows.getString("TYPE_NAME") + " "
                            + rows.getInt("COLUMN_SIZE"));
                }
            }
            assertThat(columns).contains("c numeric 18", "f varchar 65535").hasSize(6);
            try (ResultSet tables = connection.getMetaData().getTables(null, "public", table, new String[] {"TABLE"})) {
                assertThat(tables.next()).isTrue();
                assertThat(tables.getString("TABLE_NAME")).isEqualTo(table);
            }
            try (ResultSet schemas = connection.getMetaData().getSchemas()) {
                List<String> names = new ArrayList<>();
                while (schemas.next()) {
                    names.add(schemas.getString(1));
                }
                assertThat(names).contains("public");
            }
        }
    }

    @Test
    void bindsParameters() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String table = newTable(statement, "a int, b varchar(40), c decimal(10,2), d timestamp");
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into " + table + " values (?, ?, ?, ?)")) {
                for (int i = 0; i < 20; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "back\\slash 'quote' " + i);
                    insert.setBigDecimal(3, new BigDecimal("1.25"));
                    insert.setTimestamp(4, Timestamp.valueOf("2024-01-01 00:00:00"));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            assertThat(one(statement, "select b from " + table + " where a = 3"))
                    .isEqualTo("back\\slash 'quote' 3");
            assertThat(one(statement, "select datediff(day, d, dateadd(month, 1, d)) from " + table + " limit 1"))
                    .isEqualTo(31L);
        }
    }

    @Test
    void cancelsAQuery() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String table = newTable(statement, "a int");
            statement.execute("insert into " + table + " values (1),(2),(3),(4),(5),(6),(7),(8),(9),(10)");
            statement.setQueryTimeout(1);
            String product = String.join(
                    ", ",
                    java.util.stream.IntStream.range(0, 10)
                            .mapToObj(i -> table + " x" + i)
                            .toList());
            assertThatThrownBy(() -> one(statement, "select count(*) from " + product))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            statement.setQueryTimeout(0);
            assertThat(one(statement, "select 1")).isEqualTo(1);
        }
    }

    @Test
    void takesAndGivesBytesAndSuper() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String table = newTable(statement, "a varbyte(3), b super");
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into " + table + " values (?, json_parse(?))")) {
                insert.setBytes(1, new byte[] {-1, 0});
                insert.setString(2, "[1]");
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
            try (ResultSet rows = statement.executeQuery("select * from " + table)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getBytes(1)).containsExactly(-1, 0);
                assertThat(rows.getString(2)).isEqualTo("[1]");
                assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("varbyte");
                assertThat(rows.getMetaData().getColumnTypeName(2)).isEqualTo("super");
            }
        }
    }

    @Test
    void cancelsACopyAndUndoesIt() throws Exception {
        String manifest = numbers(200_000);
        String entry = manifest.replace(".manifest", "");
        long size = Files.size(directory.resolve(entry.substring("s3://stage/".length())));
        String entries = String.join(
                ",",
                java.util.Collections.nCopies(
                        200,
                        "{\"url\":\"" + entry + "\",\"mandatory\":true,\"meta\":{\"content_length\":" + size + "}}"));
        String many = s3.put("m/many", "{\"entries\":[" + entries + "]}");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String table = newTable(statement, "id bigint, name varchar(20)");
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute(copy(table, many)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            statement.setQueryTimeout(0);
            assertThat(one(statement, "select count(*) from " + table)).isEqualTo(0L);
            assertThat(one(statement, "select status from sys_load_history where query_id = pg_last_copy_id()"))
                    .isEqualTo("aborted");
        }
    }

    @Test
    void letsOtherUsersDoWhatTheyAreGranted() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String table = newTable(statement, "a int");
            statement.execute("create user reader password 'Reader12'");
            statement.execute("grant select on " + table + " to reader");
            try (Connection other =
                            connect("jdbc:redshift://127.0.0.1:" + redshift.port() + "/dev", "reader", "Reader12");
                    Statement reading = other.createStatement()) {
                assertThat(one(reading, "select current_user")).isEqualTo("reader");
                assertThat(one(reading, "select count(*) from " + table)).isEqualTo(0L);
                assertThatThrownBy(() -> reading.execute("insert into " + table + " values (1)"))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void refusesTheSecondOfTwoConflictingTransactions() throws SQLException {
        try (Connection first = connect();
                Statement one = first.createStatement();
                Connection second = connect();
                Statement two = second.createStatement()) {
            String table = newTable(one, "a int");
            one.execute("insert into " + table + " values (1)");
            first.setAutoCommit(false);
            assertThat(one(one, "select a from " + table)).isEqualTo(1);
            two.execute("update " + table + " set a = 2");
            assertThat(one(one, "select a from " + table)).isEqualTo(1);
            assertThatThrownBy(() -> one.execute("update " + table + " set a = 3"))
                    .hasMessageContaining("1023");
            first.rollback();
        }
    }

    static List<DenyRule> denyRules() {
        return DenyList.RULES;
    }

    @ParameterizedTest
    @MethodSource("denyRules")
    void refusesWhatRedshiftRefuses(DenyRule rule) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (a int)");
            statement.execute("create temp table s (a int)");
            assertThatThrownBy(() -> statement.execute(rule.example()))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getSQLState()).isEqualTo(rule.state());
                        assertThat(e.getMessage()).contains(rule.message());
                    });
        }
    }

    @Test
    void servesOtherClientsOfTheProtocol() throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + redshift.port() + "/dev", "awsuser", "Secret99");
                Statement statement = connection.createStatement()) {
            String table = newTable(statement, "id bigint, name varchar(20)");
            statement.execute(copy(table, numbers(7)));
            assertThat(one(statement, "select count(*) from " + table)).isEqualTo(7L);
        }
        Path psql = Path.of("/usr/bin/psql");
        if (Files.isExecutable(psql)) {
            ProcessBuilder builder = new ProcessBuilder(
                    psql.toString(),
                    "host=127.0.0.1 port=" + redshift.port() + " dbname=dev user=awsuser sslmode=require",
                    "-X",
                    "-At",
                    "-c",
                    "create temp table p (id bigint, name varchar(20)); " + copy("p", numbers(5))
                            + "; select count(*) from p");
            builder.environment().put("PGPASSWORD", "Secret99");
            Process process = builder.redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(output)
                    .contains("Load into table 'p' completed, 5 record(s)")
                    .endsWith("5\n");
        }
    }
}
